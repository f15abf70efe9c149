import type { NetworkId, PaidFor, PurchaseEvidence } from '@bursar/core'

/** What a call cost. */
export interface Receipt {
  /** The ledger's name for the purchase. */
  readonly purchase: string
  /** `settled`: the server says so. `sent`: it answered without saying; the payment can still settle. */
  readonly moneyState: 'settled' | 'sent'
  /** Decimal, in the asset's own unit, such as `0.013938`. */
  readonly amount: string
  /** Of the asset, such as `USDC`. */
  readonly symbol: string
  /** What it counts as against the limits: decimal dollars. */
  readonly cost: string
  /** Whether it is money of a test network, which is worth nothing. */
  readonly isTest?: true | undefined
  /** In the asset's smallest unit; of USDC: `1_000_000n = 1 USDC`. */
  readonly amountAtomic: bigint
  /** The most that the server could take, in decimal dollars, where it takes what its answer did cost (the scheme `upto`). */
  readonly most?: string | undefined
  /** Whether that is the price, or the whole reserve of a text, of which nothing comes back (Katana, paid directly). */
  readonly paidFor: PaidFor
  readonly network: NetworkId
  readonly asset: string
  readonly payer: string
  readonly payTo: string
  /** EVM: transaction hash. Solana: signature. Absent when the server named none. */
  readonly transaction?: string | undefined
  /** The public name of the authorization. EVM: the EIP-3009 nonce. */
  readonly reference: string
  /** What the seller signed of the purchase, where it signs (x402 `offer-receipt`). Nobody has verified it. */
  readonly evidence?: PurchaseEvidence | undefined
  /** Whether the call resumed the payment of an earlier one instead of paying again. */
  readonly resumed: boolean
}

/** The same in every copy of the package, so that one copy reads the receipts of another. */
const receiptKey: unique symbol = Symbol.for('bursar.receipt')

/**
 * The receipt of a paid answer, of any bursar; `undefined` when nothing was paid.
 *
 * @param answer a `Response`, or what another carrier made of one.
 */
export function receiptOf(answer: object & { readonly [receiptKey]?: Receipt }): Receipt | undefined {
  return answer[receiptKey]
}

/** Attaches a receipt to an answer, hidden from code that prints or copies the answer. */
export function attachReceipt<Answer extends object>(answer: Answer, receipt: Receipt): Answer {
  return Object.defineProperty(answer, receiptKey, { value: receipt })
}

/** The receipt of a call that shares the answer of another. */
export function sharedReceipt(receipt: Receipt): Receipt {
  return loggable({ ...receipt, resumed: true })
}

/** A receipt that cannot be changed, and that JSON takes. */
export function loggable(receipt: Receipt): Receipt {
  return Object.freeze(Object.defineProperty(receipt, 'toJSON', { value: receiptToJson }))
}

/** Writes amounts as text, since JSON has no integers of this size. */
function receiptToJson(this: Receipt): object {
  return { ...this, amountAtomic: String(this.amountAtomic) }
}
