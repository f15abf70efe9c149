import { createHash } from 'node:crypto'
import type { SignedPayment } from '@bursar/core'
import { ComputeBudgetProgram, Keypair, TransactionMessage } from '@solana/web3.js'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { changed, lighthouse } from '../../test/changed-message.js'
import { FACILITATOR, offerOf } from '../../test/offers.js'
import { pay, transactionOf } from '../../test/paying.js'
import { startScriptedChain } from '../../test/scripted-chain.js'
import { standardWallet } from '../../test/wallets.js'
import type { SolanaAccount, SolanaWallet } from '../index.js'

const keypair = Keypair.generate()

async function payBy(account: SolanaAccount): Promise<SignedPayment> {
  return pay((await startScriptedChain()).payerOf(account))
}

/** A wallet that sets the compute limit and price by itself. */
const budgeting = (units: number, price: bigint): SolanaWallet =>
  standardWallet(keypair, (message) =>
    changed(message, (all) => [
      ComputeBudgetProgram.setComputeUnitLimit({ units }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: price }),
      ...all.slice(2)
    ])
  )

describe('X120: a wallet that sets its own compute budget', () => {
  it.each<[string, number, bigint]>([
    ['raises the price to 100,000, as Seed Vault does', 60_000, 100_000n],
    ['raises it to the most that facilitators take', 60_000, 5_000_000n],
    ['raises the limit', 200_000, 1n],
    ['pays nothing', 60_000, 0n]
  ])('and %s pays with what it signed', async (_, units, price) => {
    const payment = await payBy(budgeting(units, price))
    const { message } = transactionOf(payment)
    const [limit, cost] = TransactionMessage.decompile(message).instructions
    expect([limit?.data.readUInt32LE(1), cost?.data.readBigUInt64LE(1)]).toEqual([units, price])
    // X121: its end is asked about by the message that the wallet signed.
    const reference = bs58.encode(createHash('sha256').update(message.serialize()).digest())
    expect(payment.reference).toBe(reference)
  })

  it.each<[string, number, bigint, string]>([
    ['raises the price further', 60_000, 5_000_001n, 'its compute price is another'],
    ['raises the limit further', 200_001, 1n, 'its compute limit is another'],
    ['lowers the limit', 59_999, 1n, 'its compute limit is another']
  ])('and %s is rejected', async (_, units, price, reason) => {
    await expect(payBy(budgeting(units, price))).rejects.toMatchObject({
      context: { reason: expect.stringContaining(reason) }
    })
  })

  it("is rejected where the memo is the server's: then two equal payments differ by our price alone", async () => {
    const payer = (await startScriptedChain()).payerOf(budgeting(60_000, 100_000n))
    const offer = offerOf({ extra: { feePayer: FACILITATOR, memo: 'order 7' } })
    await expect(pay(payer, offer)).rejects.toMatchObject({
      context: { reason: expect.stringContaining('its compute price is another') }
    })
  })

  it('may add Lighthouse assertions too', async () => {
    const wallet = standardWallet(keypair, (message) =>
      changed(message, (all) => [
        ...all.slice(0, 1),
        ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 100_000n }),
        ...all.slice(2),
        lighthouse(keypair.publicKey),
        lighthouse(keypair.publicKey)
      ])
    )
    expect(transactionOf(await payBy(wallet)).message.compiledInstructions).toHaveLength(6)
  })
})
