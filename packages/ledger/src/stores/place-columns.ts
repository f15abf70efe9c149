import type { Purchase } from '@bursar/core'
import { placesOf } from '../rules/places.js'

/**
 * The columns of SQL that find the payees of hosts and the prices of paths: `host`, `path`, `requested_host` and
 * `requested_path`. The latter two are empty unless a redirect led from another place.
 */
export function placeColumns(purchase: Purchase): readonly (string | null)[] {
  const [paid, requested] = placesOf(purchase)
  // Only payments show the payee of a host and the price of a path.
  const pathOf = (place: typeof requested): string | null =>
    place && purchase.kind === 'payment' ? place.path : null
  return [paid.host, pathOf(paid), requested?.host ?? null, pathOf(requested)]
}
