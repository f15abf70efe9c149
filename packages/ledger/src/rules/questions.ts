import type {
  AccountPurchase,
  BalancePurchase,
  OutstandingPayment,
  Purchase,
  ResumablePayment
} from '@bursar/core'

/** Whether the purchase counts against budgets however long ago it was made. */
export function isHeld({ state }: Purchase): boolean {
  return state === 'reserved' || state === 'signed' || state === 'sent'
}

/** Whether something can still settle, as far as the ledger knows: an authorization, or an account's bill. */
export function isOutstanding({ state }: Purchase): boolean {
  return state === 'signed' || state === 'sent'
}

/** Whether an account or a balance at the service is charged for it, so that nothing is signed. */
export function isBilled(purchase: Purchase): purchase is AccountPurchase | BalancePurchase {
  return purchase.kind === 'account' || purchase.kind === 'balance'
}

/** Whether an authorization can still settle, as far as the ledger knows. */
export function isOutstandingPayment(purchase: Purchase): purchase is OutstandingPayment {
  return purchase.kind === 'payment' && isOutstanding(purchase)
}

/** Whether a purchase keeps its name reserved. One that failed without payment releases it. */
export function holdsName({ state }: Purchase): boolean {
  return state !== 'dead' && state !== 'released'
}

/** The name that a purchase keeps reserved; its facts have it also where it was released. */
export function heldName(purchase: Purchase): string | undefined {
  return holdsName(purchase) ? purchase.name : undefined
}

/** Whether the bytes that pay are available, so that the same can be sent again. */
export function hasBytes(purchase: Purchase): purchase is ResumablePayment {
  return 'bytes' in purchase
}

/** Whether an equal call may send its bytes again. It never may where the server refused them and asked another price. */
export function canBeResumed(
  purchase: Purchase
): purchase is ResumablePayment & Extract<Purchase, { readonly call: 'failed' }> {
  return purchase.call === 'failed' && !purchase.withdrawn && hasBytes(purchase)
}

/** Whether money was sent for it, or is about to be, so that it counts as the host's last payee and price. */
export function showsPrice(purchase: Purchase): boolean {
  return purchase.kind === 'payment' && holdsName(purchase)
}
