import { bursarErrorOf, ownAmountOf, type Purchase, transactionOf } from '@bursar/core'
import type { BursarEvent, BursarEventType } from '../events.js'
import type { ChallengedCall, PricedCall } from './call.js'
import type { Discovery } from './discover.js'
import type { PaymentContext } from './payment-context.js'
import type { UnpaidAnswer } from './read-challenge.js'

/** The request that is paid, and the one that led to it. */
type Requests = Pick<Discovery, 'request' | 'original'>

/** What became of a purchase. */
interface PurchaseStep extends Pick<BursarEvent, 'status' | 'call'> {
  readonly type: BursarEventType
}

/** Notifies the listeners that a call has a price. */
export function emitChallenged(
  { emit, clock }: PaymentContext,
  requests: Requests & Pick<BursarEvent, 'beganAtMs'>,
  call: number | undefined
): void {
  emit(() => ({
    type: 'challenged',
    atMs: clock.nowMs(),
    beganAtMs: requests.beganAtMs,
    call,
    ...discoveredHosts(requests)
  }))
}

/** Notifies the listeners that the head of an answer that has a price goes to the caller. */
export function emitDelivered(
  { emit, clock }: PaymentContext,
  requests: Requests,
  { number: call, status }: Pick<ChallengedCall, 'number'> & Pick<BursarEvent, 'status'>
): void {
  emit(() => ({ type: 'delivered', atMs: clock.nowMs(), call, ...discoveredHosts(requests), status }))
}

/** Notifies the listeners that a call that has a price ends with an error. */
export function emitError(
  { emit, clock }: PaymentContext,
  requests: Requests,
  { number: call, error }: Pick<ChallengedCall, 'number'> & { readonly error: unknown }
): void {
  emit(() => {
    const { code, moneyState } = bursarErrorOf(error) ?? {}
    return { type: 'error', atMs: clock.nowMs(), call, ...discoveredHosts(requests), code, moneyState }
  })
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
  { type, status, call }: PurchaseStep
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
    status,
    ...(call === undefined ? {} : { call })
  }))
}

function discoveredHosts({ request, original }: Requests): Pick<BursarEvent, 'host' | 'requestedHost'> {
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
  call: PricedCall,
  what: Pick<BursarEvent, 'status' | 'reason'> & { readonly type: 'signed-in' | 'sign-in-refused' }
): void {
  emit(() => ({ atMs: clock.nowMs(), ...discoveredHosts(call), ...what }))
}
