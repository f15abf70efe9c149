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

/** Writes a changed purchase and the sums that it changes. */
export function* replacePurchase(
  store: Transaction,
  change: { readonly before: StoredRow; readonly after: Purchase; readonly takesOver?: boolean }
): Step<Purchase> {
  const { before, after, takesOver = false } = change
  if (before.purchase === after) return after
  yield* ask(store.replace(before, after, takesOver))
  yield* moveSums(store, before.purchase, after)
  return after
}

function* moveSums(store: Transaction, before: Purchase | undefined, after: Purchase): Step<void> {
  const move = moveOf(before, after)
  if (move) yield* ask(store.moveSums(scopesOf(after), move))
}
