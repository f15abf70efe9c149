import type { ReservationTerms } from '@bursar/core'
import { hostOf } from './host.js'
import { pricedPath } from './test-money.js'

/** A host and one of its paths, whose payee and price are compared with the next ones. */
export interface Place {
  readonly host: string
  /** As `pricedPath` says it. */
  readonly path: string
}

type Placed = Pick<ReservationTerms, 'origin' | 'requestedOrigin' | 'path' | 'requestedPath' | 'offer'>

/**
 * The place that is paid, and the one that was requested, when a redirect led from another place. A payment shows the payee and
 * the price of both, and is held to those of both: where a server leads to is its own choice.
 */
export function placesOf(purchase: Placed): readonly [paid: Place, ...requested: Place[]] {
  const { origin, path, offer, requestedOrigin = origin, requestedPath = path } = purchase
  const paid = { host: hostOf(origin), path: pricedPath(purchase) }
  if (requestedOrigin === origin && requestedPath === path) return [paid]
  const requested = { host: hostOf(requestedOrigin), path: pricedPath({ path: requestedPath, offer }) }
  return requested.host === paid.host && requested.path === paid.path ? [paid] : [paid, requested]
}
