import {
  type AtomicUsdc,
  amountWords,
  type BudgetUsage,
  hasRisen,
  type Purchase,
  type ReservationRejection,
  type ReservationTerms,
  sameAddress
} from '@bursar/core'
import { firstExceeded } from './budgets.js'
import { MAX_SUM } from './countable.js'
import { hostOf } from './host.js'
import type { ResumeDecision } from './resume.js'

/** Whom the newest payment paid that was made to a host, or that was requested there. */
export interface LastPayee {
  readonly host: string
  readonly payTo: string
}

/** What the newest payment cost that was made to a place, or that was requested there. */
export interface LastCost {
  readonly host: string
  readonly cost: AtomicUsdc
}

/** The facts that decide about a reservation, as one transaction reads them. */
export interface ReservationFacts {
  readonly frozen: { readonly reason: string } | undefined
  readonly restored: { readonly reason: string } | undefined
  /** The purchase that has the name, or the id. */
  readonly namesake: Purchase | undefined
  readonly sameId: Purchase | undefined
  /** What a look for equal calls finds now, for a caller whose first look found nothing. */
  readonly resumption: ResumeDecision | undefined
  readonly budgets: readonly BudgetUsage[]
  readonly topUpRoom: readonly BudgetUsage[]
  /** The payees that the paid host and the requested one last had on the network, where they had one. */
  readonly lastPayees: readonly LastPayee[]
  /** What the paid place and the requested one last cost, where they cost anything. */
  readonly lastCosts: readonly LastCost[]
  /** The largest sum that the purchase counts in: that of everything. */
  readonly largestSum: bigint
}

/** Returns why a reservation is rejected; `undefined` when it may be made. */
export function rejectReservation(
  facts: ReservationFacts,
  terms: ReservationTerms
): ReservationRejection | undefined {
  return (
    rejectByState(facts, terms) ??
    rejectPayee(facts, terms) ??
    rejectPrice(facts, terms) ??
    rejectCost(facts, terms)
  )
}

function rejectByState(
  { frozen, restored, sameId, namesake, resumption }: ReservationFacts,
  { name = '' }: ReservationTerms
): ReservationRejection | undefined {
  if (frozen) return { kind: 'frozen', reason: frozen.reason }
  if (restored) return { kind: 'restored', reason: restored.reason }
  if (sameId) return { kind: 'id-taken', id: sameId.id, state: sameId.state }
  return rejectEqualCall(resumption) ?? (namesake && { kind: 'name-taken', name, purchase: namesake.id })
}

/**
 * Rejects a reservation when an equal call appeared after this caller's look, or is to be released first. Another call's name
 * is rejected by the rule on names.
 */
function rejectEqualCall(resumption: ResumeDecision = { kind: 'nothing' }): ReservationRejection | undefined {
  const { kind } = resumption
  if (kind === 'nothing' || kind === 'name-taken') return undefined
  const { id, name } = resumption.purchase
  return { kind: 'equal-call', purchase: id, name }
}

/**
 * A host keeps the payee of its first payment on a network, also where it leads to other hosts. A reservation counts as a
 * payment.
 */
function rejectPayee(
  { lastPayees }: ReservationFacts,
  { guards, origin, offer: { network, payTo } }: ReservationTerms
): ReservationRejection | undefined {
  const moved = guards.pinsPayee ? lastPayees.find((last) => !sameAddress(last.payTo, payTo)) : undefined
  if (!moved) return undefined
  const { host, payTo: pinned } = moved
  return { kind: 'payee-moved', host, paidHost: hostOf(origin), network, payTo, pinned }
}

function rejectPrice(
  { lastCosts }: ReservationFacts,
  { guards: { maxPriceIncrease }, origin, offer }: ReservationTerms
): ReservationRejection | undefined {
  if (maxPriceIncrease === undefined) return undefined
  const { cost } = offer
  const increased = lastCosts.find((last) => hasRisen(cost, last.cost, maxPriceIncrease))
  if (!increased) return undefined
  const { host, cost: lastCost } = increased
  const words = amountWords(offer)
  return { kind: 'price-increased', host, paidHost: hostOf(origin), cost, words, lastCost, maxPriceIncrease }
}

function rejectCost(
  { budgets, topUpRoom, largestSum }: ReservationFacts,
  { offer }: ReservationTerms
): ReservationRejection | undefined {
  const { cost } = offer
  const room = firstExceeded(topUpRoom, cost)
  if (room) return { kind: 'no-top-up-room', cost, words: amountWords(offer), ...room }
  const exceeded = firstExceeded(budgets, cost)
  if (exceeded) return { kind: 'over-budget', cost, words: amountWords(offer), ...exceeded }
  return largestSum + cost > MAX_SUM ? { kind: 'uncountable' } : undefined
}
