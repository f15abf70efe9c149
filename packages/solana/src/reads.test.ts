import { SOLANA_DEVNET, SOLANA_MAINNET } from '@bursar/core'
import { getAssociatedTokenAddressSync, TOKEN_2022_PROGRAM_ID, TOKEN_PROGRAM_ID } from '@solana/spl-token'
import { Keypair } from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { offerOf, PAYEE } from '../test/offers.js'
import { accountOf, pay, readPayment } from '../test/paying.js'
import { atSlot } from '../test/rpc-server.js'
import { type ScriptedChain, startScriptedChain } from '../test/scripted-chain.js'

const keypair = Keypair.generate()
const me = keypair.publicKey.toBase58()

describe('reads', () => {
  it('a warm payment makes none, and 200 at once make two', async () => {
    const chain = await startScriptedChain()
    const payer = chain.payerOf(keypair)
    await Promise.all(Array.from({ length: 200 }, () => pay(payer)))
    expect(chain.node.calls.map(({ method }) => method).toSorted()).toEqual([
      'getAccountInfo',
      'getLatestBlockhash'
    ])
    chain.clock.advance(19_000)
    await pay(payer)
    expect(chain.node.calls).toHaveLength(2)
  })

  it("one look-up of a mint that is not Circle's is shared, and tells its program", async () => {
    const mint = Keypair.generate().publicKey
    const asset = { network: SOLANA_MAINNET, address: mint.toBase58(), symbol: 'NEW', decimals: 9 }
    const chain = await startScriptedChain(({ method, params }) =>
      method === 'getAccountInfo' && params[0] === asset.address
        ? atSlot({ owner: TOKEN_2022_PROGRAM_ID.toBase58(), data: ['CQ==', 'base64'] })
        : method === 'getAccountInfo'
          ? atSlot({ owner: TOKEN_2022_PROGRAM_ID.toBase58(), data: ['AAAAAAAAAAA=', 'base64'] })
          : undefined
    )
    const payer = chain.payerOf(keypair, { known: { assets: [asset] } })
    const payments = await Promise.all(Array.from({ length: 20 }, () => pay(payer, { ...offerOf(), asset })))
    const [payment] = payments
    if (!payment) throw new TypeError('There is no payment')
    const [, , transfer] = readPayment(payment).instructions
    expect(transfer?.programId.equals(TOKEN_2022_PROGRAM_ID)).toBe(true)
    expect(transfer?.keys[0]?.pubkey).toEqual(
      getAssociatedTokenAddressSync(mint, keypair.publicKey, false, TOKEN_2022_PROGRAM_ID)
    )
    expect(chain.node.calls.filter(({ params }) => params[0] === asset.address)).toHaveLength(1)
  })

  it('a mint that is none, or that has other decimals than the registry says, is not paid with', async () => {
    const asset = {
      network: SOLANA_MAINNET,
      address: Keypair.generate().publicKey.toBase58(),
      symbol: 'NEW',
      decimals: 9
    }
    for (const [owner, said] of [
      [PAYEE, 'its address is not that of a token'],
      [TOKEN_PROGRAM_ID.toBase58(), '6 decimals on chain and 9']
    ] as const) {
      const chain = await startScriptedChain(({ method }) =>
        method === 'getAccountInfo' ? atSlot({ owner, data: ['Bg==', 'base64'] }) : undefined
      )
      const payer = chain.payerOf(keypair, { known: { assets: [asset] } })
      await expect(pay(payer, { ...offerOf(), asset })).rejects.toMatchObject({
        code: 'offer/domain-mismatch',
        moneyState: 'none',
        context: { reason: expect.stringContaining(said) }
      })
    }
  })
})

describe('balances', () => {
  const answers = async (value: unknown): Promise<ScriptedChain> =>
    startScriptedChain(({ method }) => (method === 'getBalance' ? atSlot(value) : undefined))

  it('are of USDC and of SOL', async () => {
    const payer = (await answers(1_500_000_000)).payerOf(keypair)
    expect(await payer.balances.readUsdc(SOLANA_MAINNET)).toBe(7_000_000n)
    expect(await payer.balances.readGas(SOLANA_MAINNET)).toBe(1_500_000_000n)
    expect(await payer.address()).toBe(me)
  })

  it('of an account that does not exist are zero', async () => {
    const chain = await answers(0)
    chain.missing.add(accountOf(me))
    expect(await chain.payerOf(keypair).balances.readUsdc(SOLANA_MAINNET)).toBe(0n)
    expect(await chain.payerOf(keypair).balances.readGas(SOLANA_MAINNET)).toBe(0n)
  })

  it('peers defect 10: are never zero because the node is down', async () => {
    const chain = await startScriptedChain(() => (response) => response.writeHead(500).end())
    const payer = chain.payerOf(keypair)
    for (const read of [payer.balances.readUsdc, payer.balances.readGas]) {
      await expect(read(SOLANA_MAINNET)).rejects.toMatchObject({ code: 'rpc/unavailable' })
    }
  })

  it('of a network without a known token cannot be read, and nothing is asked', async () => {
    const chain = await answers(0)
    await expect(chain.payerOf(keypair).balances.readUsdc('solana:unknown')).rejects.toMatchObject({
      code: 'asset/unknown',
      moneyState: 'none'
    })
    expect(SOLANA_DEVNET).not.toBe('solana:unknown')
  })
})
