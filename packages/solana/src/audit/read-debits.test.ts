import { type Rpc, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../address/address.js'
import { readDebits } from './read-debits.js'

const MINT = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
const OWNER = '97u8EGvrV94dkktKd3c4SBqnvzEXKdi86bQ4SgpFQLuu'
const PAYEE = 'A2M3yywFqQuSBDak347JpiJ2n8kLh5AeQPYFL3iZyMP9'
/** In Unix seconds. */
const NOW = 1_795_949_800

/** What a node says of its transfers. */
interface Says {
  /** In the list. */
  readonly listed?: number
  /** Of the block. */
  readonly block?: number
  /** The names of its transfers, newest first, of which it lists one at a time. */
  readonly names?: readonly string[]
}

/** A node that lists transfers of 0.01 USDC, and says when they were in the list, of their block, or nowhere. */
function nodeThatSays({ names = ['one'], ...times }: Says): Rpc {
  const holdings = (owner: string, amount: string) => ({ mint: MINT, owner, uiTokenAmount: { amount } })
  const listBehind = (before: string | undefined) =>
    names
      .slice(before === undefined ? 0 : names.indexOf(before) + 1)
      .slice(0, 1)
      .map((signature) => ({ signature, slot: 5, err: null, blockTime: times.listed ?? null }))
  const answers: Readonly<Record<string, unknown>> = {
    getBlockTime: times.block ?? null,
    getTransaction: {
      // As surfpool has it: thousands of seconds, which is no time.
      blockTime: 1_795_949,
      meta: {
        err: null,
        preTokenBalances: [holdings(OWNER, '20000'), holdings(PAYEE, '0')],
        postTokenBalances: [holdings(OWNER, '10000'), holdings(PAYEE, '10000')]
      },
      transaction: [Buffer.from([1, ...new Uint8Array(64), 7, 7]).toString('base64'), 'base64']
    }
  }
  return async (method, params = []) =>
    method === 'getSignaturesForAddress' ? listBehind(Object(params[1]).before) : answers[method]
}

const query = {
  network: SOLANA_MAINNET,
  mint: MINT,
  owner: OWNER,
  account: parseAddress(OWNER) ?? expect.unreachable(),
  fromMs: (NOW - 60) * 1000
}

describe('transfers out of a token account', () => {
  it.each([
    ['in its list', { listed: NOW }],
    ['of its block', { block: NOW }]
  ])('have the time that the node says %s, where it says none with the transaction', async (_, times) => {
    expect(await readDebits(nodeThatSays(times), query)).toMatchObject([
      { amountAtomic: 10_000n, payTo: PAYEE, atMs: NOW * 1000 }
    ])
  })

  it('are read to the last of them at a node that lists fewer at once than it is asked for', async () => {
    const debits = await readDebits(nodeThatSays({ listed: NOW, names: ['three', 'two', 'one'] }), query)
    expect(debits.map(({ transaction }) => transaction)).toEqual(['three', 'two', 'one'])
  })

  it('are not overlooked where the node says no time at all: it cannot say what was asked', async () => {
    await expect(readDebits(nodeThatSays({}), query)).rejects.toThrow(TypeError)
  })

  it('from before the time that is asked for are left out', async () => {
    expect(await readDebits(nodeThatSays({ listed: NOW - 61 }), query)).toEqual([])
  })
})
