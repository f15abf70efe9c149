import { ownAmountOf, type Purchase, transactionOf } from '@bursar/core'
import type { BursarEvent, BursarEventType } from '../events.js'
import type { Discovery } from './discover.js'
import type { PaymentContext } from './payment-context.js'

/** Notifies the listeners that a call has a price. */
export function emitChallenged(
  { emit, clock }: PaymentContext,
  { request, original }: Pick<Discovery, 'request' | 'original'>
): void {
  const { origin } = request.url
  const requestedOrigin = original.url.origin === origin ? undefined : original.url.origin
  emit(() => ({ type: 'challenged', atMs: clock.nowMs(), ...eventHosts({ origin, requestedOrigin }) }))
}

/** Notifies the listeners of what became of a purchase. */
export function emitPurchase(
  { emit, clock }: PaymentContext,
  purchase: Purchase,
  { type, status }: { readonly type: BursarEventType; readonly status?: number | undefined }
): void {
  const { id, origin, requestedOrigin, offer } = purchase
  emit(() => ({
    type,
    atMs: clock.nowMs(),
    ...eventHosts({ origin, requestedOrigin }),
    purchase: id,
    network: offer.network,
    ...ownAmountOf(offer),
    transaction: transactionOf(purchase),
    status
  }))
}

function eventHosts({
  origin,
  requestedOrigin
}: Pick<Purchase, 'origin' | 'requestedOrigin'>): Pick<BursarEvent, 'host' | 'requestedHost'> {
  const host = hostOf(origin)
  return requestedOrigin === undefined ? { host } : { host, requestedHost: hostOf(requestedOrigin) }
}

function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2)
}
