import { ownAmountOf, type Purchase, transactionOf } from '@bursar/core'
import type { BursarEvent, BursarEventType } from '../events.js'
import type { PricedCall } from './call.js'
import type { Discovery } from './discover.js'
import type { PaymentContext } from './payment-context.js'
import type { UnpaidAnswer } from './read-challenge.js'

/** Notifies the listeners that a call has a price. */
export function emitChallenged(
  { emit, clock }: PaymentContext,
  discovery: Pick<Discovery, 'request' | 'original'>
): void {
  emit(() => ({ type: 'challenged', atMs: clock.nowMs(), ...discoveredHosts(discovery) }))
}

/** Notifies the listeners that a 402 goes back as it came, and why. */
export function emitUnpaid(
  { emit, clock }: PaymentContext,
  discovery: Discovery,
  { reason }: UnpaidAnswer
): void {
  const { status } = discovery.response
  emit(() => ({ type: 'unpaid', atMs: clock.nowMs(), ...discoveredHosts(discovery), status, reason }))
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

function discoveredHosts({
  request,
  original
}: Pick<Discovery, 'request' | 'original'>): Pick<BursarEvent, 'host' | 'requestedHost'> {
  const { origin } = request.url
  return eventHosts({
    origin,
    requestedOrigin: original.url.origin === origin ? undefined : original.url.origin
  })
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

/** Notifies the listeners of a sign-in, or of why there is none. The proof itself is in no event. */
export function emitSignIn(
  { emit, clock }: PaymentContext,
  { request, original }: PricedCall,
  what: Pick<BursarEvent, 'status' | 'reason'> & { readonly type: 'signed-in' | 'sign-in-refused' }
): void {
  const { origin } = request.url
  const requestedOrigin = original.url.origin === origin ? undefined : original.url.origin
  emit(() => ({ atMs: clock.nowMs(), ...eventHosts({ origin, requestedOrigin }), ...what }))
}
