import { type BuyerQuery, type Purchase, sameAddress } from '@bursar/core'
import { hostOf } from '../rules/host.js'
import { pricedPath } from '../rules/test-money.js'
import { ask, type Step } from './step.js'
import type { Reads } from './transaction.js'

/** Whether a settled payment of an account bought what is at a path of an origin, in real money or in test money. */
export function* boughtStep(store: Reads, query: BuyerQuery): Step<boolean> {
  return (yield* isAmong(store, query, undefined)) || (yield* isAmong(store, query, true))
}

function* isAmong(store: Reads, query: BuyerQuery, isTest: true | undefined): Step<boolean> {
  const { origin, path } = query
  const filter = {
    host: hostOf(origin),
    state: 'settled',
    pricedPath: pricedPath({ path, offer: { isTest } })
  } as const
  for (let before: bigint | undefined; ; ) {
    const { items, next } = yield* ask(store.history(filter, before))
    if (items.some((purchase) => isBy(purchase, query))) return true
    if (next === undefined) return false
    before = next
  }
}

function isBy(purchase: Purchase, { origin, payer }: BuyerQuery): boolean {
  return purchase.kind === 'payment' && purchase.origin === origin && sameAddress(purchase.payer, payer)
}
