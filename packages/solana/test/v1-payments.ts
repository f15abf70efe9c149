import { type SignedPayment, x402V1 } from '@bursar/core'
import { ComputeBudgetProgram, TransactionMessage } from '@solana/web3.js'
import { describe, expect, it } from 'vitest'
import { transactionOf } from './paying.js'
import type { PaymentScene } from './payment-scene.js'

const THREE = 'invalid_exact_svm_payload_transaction_instructions_length'

/** What a legacy facilitator takes: compute limit, compute price, transfer, and nothing else. */
function legacyRejection(payment: SignedPayment): string | undefined {
  const { instructions } = TransactionMessage.decompile(transactionOf(payment).message)
  if (instructions.length !== 3) return THREE
  const [limit, price, transfer] = instructions
  const isBudget = [limit, price].every((each) => each?.programId.equals(ComputeBudgetProgram.programId))
  if (!isBudget || limit?.data[0] !== 2 || price?.data[0] !== 3 || transfer?.data[0] !== 12)
    return 'another order'
  return Buffer.from(price.data).readBigUInt64LE(1) > 5_000_000n ? 'its price is too high' : undefined
}

/** Payments in v1, which a facilitator of three instructions judges. */
export function testV1PaymentsOn(scene: PaymentScene): void {
  const settle = (payment: SignedPayment): Promise<string> => {
    const rejection = legacyRejection(payment)
    if (rejection !== undefined) throw new TypeError(rejection)
    return scene.facilitator.settle(payment)
  }

  describe.concurrent('a payment in v1', () => {
    it('X60: has three instructions, settles, and is found by our signature alone', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo }, x402V1)
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      const transaction = await settle(payment)
      expect(await scene.chain.balanceOf(payTo)).toBe(250_001n)
      expect(await payer.getSettlementStatus(payment)).toMatchObject({ status: 'settled', transaction })
    })

    it('X62: equal to others on one blockhash settles beside them, and each is found by its own transaction', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payments = await Promise.all(
        Array.from({ length: 8 }, () => scene.pay(payer, { payTo, amountAtomic: 1_000n }, x402V1))
      )
      const withMemo = await scene.pay(payer, { payTo, amountAtomic: 1_000n })
      const names = await Promise.all(payments.map(settle))
      await scene.facilitator.settle(withMemo)
      const statuses = await Promise.all(payments.map((payment) => payer.getSettlementStatus(payment)))
      expect(statuses).toMatchObject(names.map((transaction) => ({ status: 'settled', transaction })))
      expect(await scene.chain.balanceOf(payTo)).toBe(9_001n)
    })

    it('X62: that never landed is proven dead although equal ones of ours did', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo }, x402V1)
      await settle(await scene.pay(payer, { payTo }, x402V1))
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'open' })
      await scene.untilHeight(payment.expiry)
      expect(await payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    })

    it('X61: has the memo that the offer asks for', async () => {
      const [{ payer }, payTo] = [await scene.newWallet(), await scene.newPayee()]
      const payment = await scene.pay(payer, { payTo, extra: { memo: 'invoice 7' } }, x402V1)
      expect(legacyRejection(payment)).toBe(THREE)
      const { instructions } = TransactionMessage.decompile(transactionOf(payment).message)
      expect(instructions.at(-1)?.data.toString()).toBe('invoice 7')
      await scene.facilitator.settle(payment)
      expect(await scene.chain.balanceOf(payTo)).toBe(250_001n)
    })
  })
}
