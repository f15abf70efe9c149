import type {
  Budget,
  BudgetUsage,
  Purchase,
  PurchaseOffer,
  Reservation,
  ReservationRejection,
  ReservationTerms,
  SignedEvent
} from '@bursar/core'
import { applyEvent } from '../rules/apply-event.js'
import { usageOf, usageQueries } from '../rules/budgets.js'
import { openPurchase } from '../rules/open-purchase.js'
import { placesOf } from '../rules/places.js'
import { type LastCost, type LastPayee, type ReservationFacts, rejectReservation } from '../rules/reserve.js'
import { largestScopeOf } from '../rules/scopes.js'
import { budgetsFor } from '../rules/test-money.js'
import { resolveOrphans } from './resolve-orphans.js'
import { decideAgainStep } from './resume-step.js'
import { ask, type Step } from './step.js'
import type { Reads, Transaction } from './transaction.js'
import { insertPurchase } from './write-purchase.js'

/** What came of a reservation. */
export type Reserved =
  | { readonly purchase: Purchase }
  | { readonly rejection: ReservationRejection }
  /** The signer failed; nothing was written. */
  | { readonly thrown: unknown }

/** Takes a cost out of its budgets and opens its purchase, signed where that can be done at once. */
export function* reserveStep(
  store: Transaction,
  reservation: Reservation,
  sign: (() => SignedEvent) | undefined
): Step<Reserved> {
  let rejection = yield* rejectionStep(store, reservation, reservation.id)
  // A mere reservation of a session that is gone blocks nobody.
  if (rejection && mayBeFreed.has(rejection.kind) && (yield* resolveOrphans(store)))
    rejection = yield* rejectionStep(store, reservation, reservation.id)
  if (rejection) return { rejection }
  const opened = openPurchase(reservation, store.nowMs)
  if (!sign) return { purchase: yield* insertPurchase(store, opened) }
  let event: SignedEvent
  try {
    event = sign()
  } catch (thrown) {
    return { thrown }
  }
  const signed = applyEvent(opened, event, store.nowMs)
  if (!signed) return { thrown: notSignedError() }
  return { purchase: yield* insertPurchase(store, signed) }
}

/** The error of a signer that is given for what an account or a balance is billed for. */
export function notSignedError(): TypeError {
  return new TypeError('What an account is billed for is not signed')
}

const mayBeFreed: ReadonlySet<ReservationRejection['kind']> = new Set([
  'name-taken',
  'payee-moved',
  'price-increased',
  'no-top-up-room',
  'over-budget'
])

/** Says what rejects a reservation. @param id of the purchase that is to be made. */
export function* rejectionStep(
  store: Reads,
  terms: ReservationTerms,
  id?: string
): Step<ReservationRejection | undefined> {
  return rejectReservation(yield* readFacts(store, terms, id), terms)
}

function* readFacts(store: Reads, terms: ReservationTerms, id: string | undefined): Step<ReservationFacts> {
  const { name, guards, offer } = terms
  const namesake = name === undefined ? undefined : yield* ask(store.byName(name))
  const sameId = id === undefined ? undefined : yield* ask(store.byId(id))
  return {
    frozen: yield* ask(store.frozen()),
    restored: yield* ask(store.restored()),
    namesake: namesake?.purchase,
    sameId: sameId?.purchase,
    resumption: guards.resumption && (yield* decideAgainStep(store, guards.resumption)),
    lastPayees: guards.pinsPayee ? yield* readLastPayees(store, terms) : [],
    lastCosts: guards.maxPriceIncrease === undefined ? [] : yield* readLastCosts(store, terms),
    budgets: yield* usageStep(store, budgetsFor(offer, guards.budgets)),
    topUpRoom: yield* usageStep(store, budgetsFor(offer, guards.topUpRoom ?? [])),
    largestSum: yield* largestSum(store, offer)
  }
}

function* readLastPayees(store: Reads, terms: ReservationTerms): Step<readonly LastPayee[]> {
  const found: LastPayee[] = []
  for (const host of new Set(placesOf(terms).map((place) => place.host))) {
    const payTo = yield* ask(store.lastPayee(host, terms.offer.network))
    if (payTo !== undefined) found.push({ host, payTo })
  }
  return found
}

function* readLastCosts(store: Reads, terms: ReservationTerms): Step<readonly LastCost[]> {
  const found: LastCost[] = []
  for (const { host, path } of placesOf(terms)) {
    const cost = yield* ask(store.lastCost(host, path))
    if (cost !== undefined) found.push({ host, cost })
  }
  return found
}

/** Says how much of each budget is gone. */
export function* usageStep(store: Reads, budgets: readonly Budget[]): Step<readonly BudgetUsage[]> {
  if (budgets.length === 0) return []
  const queries = budgets.map(usageQueries)
  const usages = yield* ask(store.usage(queries.flat()))
  let next = 0
  return budgets.map((budget, index) => {
    const from = next
    next += queries[index]?.length ?? 0
    return usageOf(budget, usages.slice(from, next))
  })
}

function* largestSum(store: Reads, offer: PurchaseOffer): Step<bigint> {
  const [all] = yield* ask(store.sums([largestScopeOf(offer)]))
  return all ? all.held + all.settled : 0n
}
