import { SOLANA_MAINNET } from '@bursar/core'
import { createTransferCheckedInstruction, getAssociatedTokenAddressSync } from '@solana/spl-token'
import {
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { createSolanaPayer } from '../src/index.js'
import { facilitatorOf } from './facilitator.js'
import { type PaymentScene, USDC } from './payment-scene.js'

/** What a payer says of a payment that settled in a transaction: when, too. */
const settledIn = (transaction: string) => ({
  status: 'settled',
  transaction,
  settledAtSeconds: expect.any(Number)
})

/** What a payer says became of a payment, beside what the chain says. */
export function testOutcomesOn(scene: PaymentScene): void {
  // At once, since each waits until its blockhash has expired.
  describe.concurrent('what became of a payment', () => {
    it('is open, then settled in the transaction whose name only the fee payer could know', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo })
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      const transaction = await scene.facilitator.settle(payment)
      expect(await payer.getSettlementStatus(payment)).toEqual(settledIn(transaction))
    })

    it("peers defect 7: is not settled by an equal transfer of ours, of anybody else's, or with our memo", async () => {
      const [{ payer }, other, payTo] = [
        await scene.newWallet(),
        await scene.newWallet(),
        await scene.newPayee()
      ]
      const extra = { memo: 'invoice 7' }
      const payment = await scene.pay(payer, { payTo, extra })
      await scene.facilitator.settle(await scene.pay(payer, { payTo, extra }))
      await scene.facilitator.settle(await scene.pay(payer, { payTo }))
      await scene.facilitator.settle(await scene.pay(other.payer, { payTo, extra }))
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      await scene.untilHeight(payment.expiry)
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    })

    it('is known of many payments at once, each by its own transaction', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payments = await Promise.all(
        Array.from({ length: 20 }, () => scene.pay(payer, { payTo, amountAtomic: 1_000n }))
      )
      const names = await Promise.all(payments.map((payment) => scene.facilitator.settle(payment)))
      const statuses = await Promise.all(payments.map((payment) => payer.getSettlementStatus(payment)))
      expect(statuses).toEqual(names.map(settledIn))
    })

    it('is not settled by a transaction that failed on the chain', async () => {
      const { payer } = await scene.newWallet({}, 100n)
      const payTo = await scene.newPayee()
      const payment = await scene.pay(payer, { payTo })
      const name = await scene.facilitator.send(payment).catch(() => undefined)
      if (name) expect(await scene.facilitator.landed(name)).not.toBeNull()
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
    })

    it('is told by a payer that was started again', async () => {
      const [{ payer, keypair }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo })
      const transaction = await scene.facilitator.settle(payment)
      const anew = createSolanaPayer({ account: keypair, rpcUrls: { [SOLANA_MAINNET]: scene.chain.rpcUrl } })
      expect(await anew.getSettlementStatus(structuredClone(payment))).toEqual(settledIn(transaction))
    })

    it('is told by its own signature when the payer pays its fee', async () => {
      const { payer, keypair } = await scene.newWallet({ paysOwnFees: true })
      const payTo = await scene.newPayee()
      const me = keypair.publicKey.toBase58()
      await scene.chain.fundSol(me, 1_000_000_000n)
      const payment = await scene.pay(payer, { payTo, extra: { feePayer: me } })
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      const transaction = await facilitatorOf(scene.chain.rpcUrl, keypair).settle(payment)
      expect(await payer.getSettlementStatus(payment)).toEqual(settledIn(transaction))
    })

    it('is dead once its blockhash has expired, and cannot settle any more', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo })
      const statuses: string[] = []
      for (;;) {
        const finalized = BigInt(await scene.facilitator.connection.getBlockHeight('finalized'))
        const { status } = await payer.getSettlementStatus(payment)
        statuses.push(status)
        if (status === 'dead') break
        expect(finalized).toBeLessThan(payment.expiry + 40n)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      expect(new Set(statuses)).toEqual(new Set(['open', 'dead']))
      await expect(scene.facilitator.settle(payment)).rejects.toThrow()
      expect(await scene.chain.balanceOf(payTo)).toBe(1n)
    })

    it('peers defect 10: is never death while the node is down', async () => {
      const [{ payer, keypair }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo })
      await scene.untilHeight(payment.expiry)
      const cut = createSolanaPayer({ account: keypair, rpcUrls: { [SOLANA_MAINNET]: 'http://127.0.0.1:1' } })
      await expect(cut.getSettlementStatus(payment)).rejects.toMatchObject({ code: 'rpc/unavailable' })
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    })
  })

  it('a transfer by hand to the same payee, of the same amount, is nobody else’s payment', async () => {
    const [{ payer, keypair }, payTo] = [await scene.newWallet(), await scene.newPayee()]
    const payment = await scene.pay(payer, { payTo })
    const accountOf = (owner: string): PublicKey => getAssociatedTokenAddressSync(USDC, new PublicKey(owner))
    const me = keypair.publicKey
    const instructions: TransactionInstruction[] = [
      createTransferCheckedInstruction(accountOf(me.toBase58()), USDC, accountOf(payTo), me, 250_000n, 6)
    ]
    const { blockhash } = await scene.facilitator.connection.getLatestBlockhash()
    const message = new TransactionMessage({
      payerKey: scene.feePayer.publicKey,
      recentBlockhash: blockhash,
      instructions
    })
    const transaction = new VersionedTransaction(message.compileToV0Message())
    transaction.sign([scene.feePayer, keypair])
    await scene.facilitator.landed(
      await scene.facilitator.connection.sendRawTransaction(transaction.serialize())
    )
    expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
  })
}
