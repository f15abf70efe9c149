import type { Purchase } from '@bursar/core'
import { scopesOf } from '../rules/scopes.js'
import { moveOf } from '../rules/sums.js'
import { ask, type Step } from './step.js'
import type { StoredRow, Transaction } from './transaction.js'

/** Adds a purchase and what it holds. */
export function* insertPurchase(store: Transaction, purchase: Purchase): Step<Purchase> {
  yield* ask(store.insert(purchase))
  yield* moveSums(store, undefined, purchase)
  return purchase
}

/** A purchase as it is stored, and as it is to be. */
export interface PurchaseChange {
  readonly before: StoredRow
  readonly after: Purchase
}

/** Writes a changed purchase and the sums that it changes. */
export function* replacePurchase(store: Transaction, { before, after }: PurchaseChange): Step<Purchase> {
  if (before.purchase === after) return after
  yield* ask(store.replace(before, after))
  yield* moveSums(store, before.purchase, after)
  return after
}

/** Writes a changed purchase, which this session works on from now on, and the sums that it changes. */
export function* takeOverPurchase(store: Transaction, { before, after }: PurchaseChange): Step<Purchase> {
  if (before.purchase === after) return after
  yield* ask(store.takeOver(before, after))
  yield* moveSums(store, before.purchase, after)
  return after
}

function* moveSums(store: Transaction, before: Purchase | undefined, after: Purchase): Step<void> {
  const move = moveOf(before, after)
  if (move) yield* ask(store.moveSums(scopesOf(after), move))
}
