import type { Budget, PurchaseOffer } from '@bursar/core'

/** Whether an offer is paid in money that is worth nothing. Its sums, its budgets and its prices are kept apart. */
type Offer = Pick<PurchaseOffer, 'isTest'>

/** The budgets that a purchase is held to: those of test money have the same limits, and sums of their own. */
export function budgetsFor({ isTest }: Offer, budgets: readonly Budget[]): readonly Budget[] {
  return isTest ? budgets.map((budget) => ({ ...budget, isTest })) : budgets
}

/** The path whose price a purchase shows. A path of a URL begins with a slash, so that no real one is this. */
export function pricedPath({ path, offer }: { readonly path: string; readonly offer: Offer }): string {
  return offer.isTest ? `test ${path}` : path
}
