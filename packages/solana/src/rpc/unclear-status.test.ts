import { SOLANA_MAINNET, x402V2 } from '@bursar/core'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { answer, askStatus, keypair, listing, MARK, type Says } from '../../test/asked-status.js'
import { FACILITATOR, offerOf } from '../../test/offers.js'
import { transactionOf } from '../../test/paying.js'
import { atSlot } from '../../test/rpc-server.js'
import { startScriptedChain } from '../../test/scripted-chain.js'

/** A full page of transactions that are none of ours, named by their numbers. */
const pageBehind = (before: number) =>
  Array.from({ length: 1_000 }, (_, index) =>
    listing(2, { signature: String(before + 1 + index), memo: '[1] x' })
  )

describe('nothing is proven, and the error says that the money is unknown', () => {
  const dead: Says = { height: MARK + 1 }
  it.each<[string, Says]>([
    ['when the node no longer keeps the blocks of that time', { ...dead, firstHeight: MARK - 150 }],
    ['when a transaction that may be it cannot be opened', { ...dead, listed: () => [listing(1)] }],
    [
      'when there are too many to look through',
      { ...dead, listed: ({ params: [, config] }) => pageBehind(Number(Object(config).before ?? -1)) }
    ],
    [
      'when too many have to be opened',
      {
        ...dead,
        listed: () => Array.from({ length: 300 }, () => listing(2)),
        bytes: () => Buffer.alloc(1).toString('base64')
      }
    ],
    [
      'when the node is behind',
      {
        ...dead,
        special: ({ method, params }) =>
          method === 'getSignaturesForAddress' && JSON.stringify(params).includes('minContextSlot')
            ? { error: { code: -32_016, message: 'Minimum context slot has not been reached' } }
            : undefined
      }
    ],
    [
      'when the list is none',
      { special: ({ method }) => (method === 'getSignaturesForAddress' ? { result: {} } : undefined) }
    ],
    ['when an entry of the list is malformed', { listed: () => [{ ...listing(1), slot: -1 }] }],
    [
      'when the list begins anew behind each page',
      {
        ...dead,
        special: ({ method }) =>
          method === 'getSignaturesForAddress' ? { result: [listing(1, { memo: '[1] x' })] } : undefined
      }
    ],
    [
      'when the height is malformed',
      {
        special: ({ method }) => (method === 'getEpochInfo' ? { result: { blockHeight: 'high' } } : undefined)
      }
    ],
    ['when the node fails', { special: () => (response) => response.writeHead(500).end() }]
  ])('%s', async (_, says) => {
    expect((await askStatus(() => says)).status).toBe('rpc/unavailable unknown')
  })
})

it('a payer that pays its own fee asks by name, of a node that is up to date', async () => {
  const cases: [unknown, number, unknown][] = [
    [{ err: null, confirmationStatus: 'confirmed' }, 9_999, 'settled'],
    [{ err: null, confirmationStatus: 'processed' }, 9_999, 'open'],
    [{ err: { InstructionError: [2, 'Custom'] }, confirmationStatus: 'finalized' }, 9_999, 'open'],
    [null, 9_999, 'open']
  ]
  for (const [status, slot, expected] of cases) {
    const chain = await startScriptedChain((call) =>
      call.method === 'getSignatureStatuses' ? atSlot([status], slot) : answer({ height: MARK }, call)
    )
    const payer = chain.payerOf(keypair, { paysOwnFees: true })
    const offer = offerOf({ extra: { feePayer: keypair.publicKey.toBase58() } })
    const payment = await (await payer.prepare(offer, { dialect: x402V2, maxValiditySeconds: 300 })).sign()
    expect((await payer.getSettlementStatus(payment)).status).toBe(expected)
    const [first = new Uint8Array()] = transactionOf(payment).signatures
    expect(chain.node.calls.at(-1)?.params).toEqual([
      [bs58.encode(first)],
      { searchTransactionHistory: true }
    ])
  }
})

it('what is no payment of this package is a mistake of the caller', async () => {
  const chain = await startScriptedChain()
  const payer = chain.payerOf(keypair)
  const payment = await (await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })).sign()
  for (const changed of [
    { payload: {} },
    { payer: FACILITATOR.slice(1) },
    { payload: { transaction: 'AAAA' } }
  ]) {
    await expect(payer.getSettlementStatus({ ...payment, ...changed })).rejects.toThrow()
  }
  expect(SOLANA_MAINNET).toBe(payment.network)
})
