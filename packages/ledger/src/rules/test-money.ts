import type { Budget, PurchaseOffer } from '@bursar/core'

/** Whether an offer is paid in money that is worth nothing. Its sums, its budgets and its prices are kept apart. */
type Offer = Pick<PurchaseOffer, 'isTest'>

/** The budgets that a purchase is held to: those of test money have the same limits, and sums of their own. */
export function budgetsFor({ isTest }: Offer, budgets: readonly Budget[]): readonly Budget[] {
  return isTest ? budgets.map((budget) => ({ ...budget, isTest })) : budgets
}

/** As much of a path as prices go by: PostgreSQL finds nothing by longer texts, and a server chooses where it redirects to. */
const PRICED_CHARS = 1_000

/** The path whose price a purchase shows. A path of a URL begins with a slash, so that no real one is this. */
export function pricedPath({ path, offer }: { readonly path: string; readonly offer: Offer }): string {
  const start = path.slice(0, PRICED_CHARS)
  return offer.isTest ? `test ${start}` : start
}
