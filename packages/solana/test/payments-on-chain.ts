import { katana, type SignedPayment, SOLANA_MAINNET, x402V2 } from '@bursar/core'
import { type SolanaChain, type SolanaEngineName, startSolana } from '@bursar/localchain/solana'
import { createTransferCheckedInstruction, getAssociatedTokenAddressSync } from '@solana/spl-token'
import {
  Keypair,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSolanaPayer, type SolanaPayer, type SolanaPayerOptions } from '../src/index.js'
import { type Facilitator, facilitatorOf } from './facilitator.js'
import { type OfferChanges, offerOf } from './offers.js'

const SLOT_TIME_MS = 50
const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')
/** What a payer says of a payment that settled in a transaction: when, too. */
const settledIn = (transaction: string) => ({
  status: 'settled',
  transaction,
  settledAtSeconds: expect.any(Number)
})

interface Wallet {
  readonly payer: SolanaPayer
  readonly keypair: Keypair
}

/** Everything that only a chain can judge, on one engine of the local one. */
export function testPaymentsOn(engine: SolanaEngineName): void {
  // Blockhashes have to expire here, and a busy machine takes its time.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
  const feePayer = Keypair.generate()
  let chain: SolanaChain
  let facilitator: Facilitator

  beforeAll(async () => {
    chain = await startSolana({ slotTimeMs: SLOT_TIME_MS, engine })
    await chain.fundSol(feePayer.publicKey.toBase58(), 10_000_000_000n)
    facilitator = facilitatorOf(chain.rpcUrl, feePayer)
  })
  afterAll(() => chain.stop())

  async function newWallet(options: Partial<SolanaPayerOptions> = {}, funds = 1_000_000n): Promise<Wallet> {
    const keypair = Keypair.generate()
    if (funds > 0n) await chain.mint(keypair.publicKey.toBase58(), funds)
    const rpcUrls = { [SOLANA_MAINNET]: chain.rpcUrl }
    return {
      keypair,
      payer: createSolanaPayer({
        account: keypair,
        rpcUrls,
        rpcTimeoutMs: 30_000,
        slotTimeMs: SLOT_TIME_MS,
        ...options
      })
    }
  }

  async function newPayee(): Promise<string> {
    const payee = Keypair.generate().publicKey.toBase58()
    await chain.mint(payee, 1n)
    return payee
  }

  async function pay(
    payer: SolanaPayer,
    changes: OfferChanges = {},
    dialect = x402V2
  ): Promise<SignedPayment> {
    const extra = { feePayer: feePayer.publicKey.toBase58(), ...changes.extra }
    const prepared = await payer.prepare(offerOf({ ...changes, extra }), { dialect, maxValiditySeconds: 300 })
    return prepared.sign()
  }

  async function untilHeight(height: bigint): Promise<void> {
    while (BigInt(await facilitator.connection.getBlockHeight('finalized')) <= height) {
      await new Promise((resolve) => setTimeout(resolve, SLOT_TIME_MS))
    }
  }

  describe('a payment that the chain judges', () => {
    it('settles, and moves exactly the amount', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      await facilitator.settle(await pay(payer, { payTo }))
      expect(await chain.balanceOf(payTo)).toBe(250_001n)
      expect(await payer.balances.readUsdc(SOLANA_MAINNET)).toBe(750_000n)
      expect(await payer.balances.readGas(SOLANA_MAINNET)).toBe(0n)
    })

    it("Katana 41: creates the payee's token account at the cost of payTo, within the compute limit", async () => {
      const katanaWallet = Keypair.generate()
      const payTo = katanaWallet.publicKey.toBase58()
      await chain.fundSol(payTo, 1_000_000_000n)
      const { payer } = await newWallet()
      const payment = await pay(payer, { payTo, extra: { feePayer: payTo } }, katana)
      const name = await facilitatorOf(chain.rpcUrl, katanaWallet).settle(payment)
      expect(await chain.balanceOf(payTo)).toBe(250_000n)
      const landed = await facilitator.connection.getTransaction(name, { maxSupportedTransactionVersion: 0 })
      expect(landed?.meta?.computeUnitsConsumed).toBeLessThan(45_000)
      // The account exists now, also for the standard.
      await facilitator.settle(await pay(payer, { payTo }))
      expect(await chain.balanceOf(payTo)).toBe(500_000n)
    })

    it('is not made in the standard while the payee has no token account', async () => {
      const { payer } = await newWallet()
      const payTo = Keypair.generate().publicKey.toBase58()
      const account = getAssociatedTokenAddressSync(USDC, new PublicKey(payTo)).toBase58()
      await expect(pay(payer, { payTo })).rejects.toMatchObject({
        code: 'offer/recipient-account-missing',
        context: { account }
      })
    })

    it('fits the compute limit with the longest memo', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      await facilitator.settle(await pay(payer, { payTo, extra: { memo: '漢'.repeat(85) } }))
      expect(await chain.balanceOf(payTo)).toBe(250_001n)
    })

    it("peers defect 9: two equal payments on one blockhash both settle, also with the server's memo", async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      for (const extra of [{}, { memo: 'invoice 7' }]) {
        const [one, two] = [await pay(payer, { payTo, extra }), await pay(payer, { payTo, extra })]
        expect(one.expiry).toBe(two.expiry)
        await Promise.all([facilitator.settle(one), facilitator.settle(two)])
      }
      expect(await chain.balanceOf(payTo)).toBe(1_000_001n)
    })

    it('that is sent twice settles once', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      const payment = await pay(payer, { payTo })
      await facilitator.settle(payment)
      await expect(facilitator.settle(payment)).rejects.toThrow()
      expect(await chain.balanceOf(payTo)).toBe(250_001n)
    })

    it('200 payments at once settle, each once, with two reads in all', async () => {
      // A chain of its own, on which a blockhash lives for a minute: sending them all may take a busy machine long.
      const slow = await startSolana({ slotTimeMs: 400, engine })
      onTestFinished(() => slow.stop())
      await slow.fundSol(feePayer.publicKey.toBase58(), 10_000_000_000n)
      const [keypair, payTo] = [Keypair.generate(), Keypair.generate().publicKey.toBase58()]
      await slow.mint(keypair.publicKey.toBase58(), 200_000n)
      await slow.mint(payTo, 1n)
      const asked: string[] = []
      const counting: typeof fetch = (url, init) => {
        asked.push(String(JSON.parse(String(init?.body)).method))
        return fetch(url, init)
      }
      const rpcUrls = { [SOLANA_MAINNET]: slow.rpcUrl }
      const payer = createSolanaPayer({ account: keypair, rpcUrls, rpcTimeoutMs: 30_000, fetch: counting })
      const payments = await Promise.all(
        Array.from({ length: 200 }, () => pay(payer, { payTo, amountAtomic: 1_000n }))
      )
      expect(asked.toSorted()).toEqual(['getAccountInfo', 'getLatestBlockhash'])
      // Without a rehearsal of each, which a busy machine may not end within the life of their blockhash.
      const slowFacilitator = facilitatorOf(slow.rpcUrl, feePayer)
      const names = await Promise.all(payments.map((payment) => slowFacilitator.send(payment)))
      const errors = await Promise.all(names.map((name) => slowFacilitator.landed(name)))
      expect(errors.filter((error) => error !== null)).toEqual([])
      expect(await slow.balanceOf(payTo)).toBe(200_001n)
    })

    it('is made on a finalized blockhash when it replaces a dead one', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      const dead = await pay(payer, { payTo })
      const terms = { dialect: x402V2, maxValiditySeconds: 300, replaces: dead }
      const offer = offerOf({ payTo, extra: { feePayer: feePayer.publicKey.toBase58() } })
      await facilitator.settle(await (await payer.prepare(offer, terms)).sign())
      expect(await chain.balanceOf(payTo)).toBe(250_001n)
    })

    it("settles on the server's blockhash", async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      const { blockhash } = await facilitator.connection.getLatestBlockhash()
      const payment = await pay(payer, { payTo, extra: { recentBlockhash: blockhash } })
      const sent = VersionedTransaction.deserialize(
        Buffer.from(String(payment.payload.transaction), 'base64')
      )
      expect(sent.message.recentBlockhash).toBe(blockhash)
      await facilitator.settle(payment)
    })
  })

  // At once, since each waits until its blockhash has expired.
  describe.concurrent('what became of a payment', () => {
    it('is open, then settled in the transaction whose name only the fee payer could know', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      const payment = await pay(payer, { payTo })
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      const transaction = await facilitator.settle(payment)
      expect(await payer.getSettlementStatus(payment)).toEqual(settledIn(transaction))
    })

    it("peers defect 7: is not settled by an equal transfer of ours, of anybody else's, or with our memo", async () => {
      const [{ payer }, other, payTo] = [await newWallet(), await newWallet(), await newPayee()]
      const extra = { memo: 'invoice 7' }
      const payment = await pay(payer, { payTo, extra })
      await facilitator.settle(await pay(payer, { payTo, extra }))
      await facilitator.settle(await pay(payer, { payTo }))
      await facilitator.settle(await pay(other.payer, { payTo, extra }))
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      await untilHeight(payment.expiry)
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    })

    it('is known of many payments at once, each by its own transaction', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      const payments = await Promise.all(
        Array.from({ length: 20 }, () => pay(payer, { payTo, amountAtomic: 1_000n }))
      )
      const names = await Promise.all(payments.map((payment) => facilitator.settle(payment)))
      const statuses = await Promise.all(payments.map((payment) => payer.getSettlementStatus(payment)))
      expect(statuses).toEqual(names.map(settledIn))
    })

    it('is not settled by a transaction that failed on the chain', async () => {
      const { payer } = await newWallet({}, 100n)
      const payTo = await newPayee()
      const payment = await pay(payer, { payTo })
      const name = await facilitator.send(payment).catch(() => undefined)
      if (name) expect(await facilitator.landed(name)).not.toBeNull()
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
    })

    it('is told by a payer that was started again', async () => {
      const [{ payer, keypair }, payTo] = [await newWallet(), await newPayee()]
      const payment = await pay(payer, { payTo })
      const transaction = await facilitator.settle(payment)
      const anew = createSolanaPayer({ account: keypair, rpcUrls: { [SOLANA_MAINNET]: chain.rpcUrl } })
      expect(await anew.getSettlementStatus(structuredClone(payment))).toEqual(settledIn(transaction))
    })

    it('is told by its own signature when the payer pays its fee', async () => {
      const { payer, keypair } = await newWallet({ paysOwnFees: true })
      const payTo = await newPayee()
      const me = keypair.publicKey.toBase58()
      await chain.fundSol(me, 1_000_000_000n)
      const payment = await pay(payer, { payTo, extra: { feePayer: me } })
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      const transaction = await facilitatorOf(chain.rpcUrl, keypair).settle(payment)
      expect(await payer.getSettlementStatus(payment)).toEqual(settledIn(transaction))
    })

    it('is dead once its blockhash has expired, and cannot settle any more', async () => {
      const [{ payer }, payTo] = [await newWallet(), await newPayee()]
      const payment = await pay(payer, { payTo })
      const statuses: string[] = []
      for (;;) {
        const finalized = BigInt(await facilitator.connection.getBlockHeight('finalized'))
        const { status } = await payer.getSettlementStatus(payment)
        statuses.push(status)
        if (status === 'dead') break
        expect(finalized).toBeLessThan(payment.expiry + 40n)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      expect(new Set(statuses)).toEqual(new Set(['open', 'dead']))
      await expect(facilitator.settle(payment)).rejects.toThrow()
      expect(await chain.balanceOf(payTo)).toBe(1n)
    })

    it('peers defect 10: is never death while the node is down', async () => {
      const [{ payer, keypair }, payTo] = [await newWallet(), await newPayee()]
      const payment = await pay(payer, { payTo })
      await untilHeight(payment.expiry)
      const cut = createSolanaPayer({ account: keypair, rpcUrls: { [SOLANA_MAINNET]: 'http://127.0.0.1:1' } })
      await expect(cut.getSettlementStatus(payment)).rejects.toMatchObject({ code: 'rpc/unavailable' })
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    })
  })

  it('a transfer by hand to the same payee, of the same amount, is nobody else’s payment', async () => {
    const [{ payer, keypair }, payTo] = [await newWallet(), await newPayee()]
    const payment = await pay(payer, { payTo })
    const accountOf = (owner: string): PublicKey => getAssociatedTokenAddressSync(USDC, new PublicKey(owner))
    const me = keypair.publicKey
    const instructions: TransactionInstruction[] = [
      createTransferCheckedInstruction(accountOf(me.toBase58()), USDC, accountOf(payTo), me, 250_000n, 6)
    ]
    const { blockhash } = await facilitator.connection.getLatestBlockhash()
    const message = new TransactionMessage({
      payerKey: feePayer.publicKey,
      recentBlockhash: blockhash,
      instructions
    })
    const transaction = new VersionedTransaction(message.compileToV0Message())
    transaction.sign([feePayer, keypair])
    await facilitator.landed(await facilitator.connection.sendRawTransaction(transaction.serialize()))
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
  })
}
