import { type Debit, type Purchase, sameAddress } from '@bursar/core'

/** A difference between ledger and chain. */
export type Discrepancy =
  /** It was paid, and the caller went without an answer. The same call asks for it again, and pays nothing, unless the server refused it. */
  | { readonly kind: 'undelivered'; readonly purchase: Purchase; readonly debit: Debit }
  /** USDC left the account, and no purchase accounts for it. The ledger has it from now on, and counts it. */
  | { readonly kind: 'debited-unknown'; readonly debit: Debit }
  /** The chain has another amount or another payee than the ledger. */
  | { readonly kind: 'differs'; readonly purchase: Purchase; readonly debit: Debit }
  /** The server said that it settled, and the chain has no such transfer. */
  | { readonly kind: 'not-on-chain'; readonly purchase: Purchase }
  /** A top-up was paid, and the service's own list does not have it. */
  | { readonly kind: 'credit-missing'; readonly purchase: Purchase; readonly service: string }

/** The differences between a purchase and its transfer. */
export function findMismatches(purchase: Purchase, debit: Debit): readonly Discrepancy[] {
  const { offer, call } = purchase
  const agrees = debit.amountAtomic === offer.amountAtomic && sameAddress(debit.payTo, offer.payTo)
  return [
    ...(agrees ? [] : [{ kind: 'differs', purchase, debit } as const]),
    ...(call === 'failed' ? [{ kind: 'undelivered', purchase, debit } as const] : [])
  ]
}
