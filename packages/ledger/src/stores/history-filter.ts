import type { Purchase } from '@bursar/core'
import { hostOf, normalizeHost } from '../rules/host.js'
import { pricedPath } from '../rules/test-money.js'
import type { PurchaseFilter } from '../steps/transaction.js'

/** Whether a purchase matches a query. */
export function matches(purchase: Purchase, query: PurchaseFilter): boolean {
  const {
    fromMs = 0,
    untilMs = Number.POSITIVE_INFINITY,
    host,
    network,
    state,
    job,
    idPrefix = '',
    labels = {}
  } = query
  const { reservedAtMs, origin, offer } = purchase
  return (
    reservedAtMs >= fromMs &&
    reservedAtMs < untilMs &&
    (host === undefined || hostOf(origin) === normalizeHost(host)) &&
    (network === undefined || offer.network === network) &&
    (state === undefined || purchase.state === state) &&
    (query.pricedPath === undefined || pricedPath(purchase) === query.pricedPath) &&
    purchase.id.startsWith(idPrefix) &&
    (job === undefined || purchase.job === job) &&
    Object.entries(labels).every(([name, value]) => purchase.labels[name] === value)
  )
}
