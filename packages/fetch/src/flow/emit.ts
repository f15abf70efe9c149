import { formatUsdc, type Purchase, transactionOf } from '@bursar/core'
import type { BursarEventType } from '../events.js'
import type { CapturedRequest } from '../request/captured-request.js'
import type { PaymentContext } from './payment-context.js'

/** Tells the listeners that a call has a price. */
export function emitChallenged({ emit, clock }: PaymentContext, { url }: CapturedRequest): void {
  emit(() => ({ type: 'challenged', atMs: clock.nowMs(), host: url.host }))
}

/** Tells the listeners what became of a purchase. */
export function emitPurchase(
  { emit, clock }: PaymentContext,
  purchase: Purchase,
  { type, status }: { readonly type: BursarEventType; readonly status?: number | undefined }
): void {
  const { id, origin, requestedOrigin, offer } = purchase
  emit(() => ({
    type,
    atMs: clock.nowMs(),
    host: hostOf(origin),
    ...(requestedOrigin === undefined ? {} : { requestedHost: hostOf(requestedOrigin) }),
    purchase: id,
    network: offer.network,
    amount: formatUsdc(offer.cost),
    transaction: transactionOf(purchase),
    status
  }))
}

function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2)
}
