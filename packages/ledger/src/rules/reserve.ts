import {
  type AtomicUsdc,
  type BudgetUsage,
  type Purchase,
  type ReservationRejection,
  type ReservationTerms,
  sameAddress
} from '@bursar/core'
import { firstExceeded } from './budgets.js'
import { hostOf } from './host.js'
import type { ResumeDecision } from './resume.js'

/** Sums are kept in 64 bits. */
const MAX_SUM = 2n ** 63n - 1n

/** What a reservation is decided by, as one transaction sees it. */
export interface ReservationFacts {
  readonly frozen: { readonly reason: string } | undefined
  readonly restored: { readonly reason: string } | undefined
  /** The purchase that has the name, or the id. */
  readonly namesake: Purchase | undefined
  readonly sameId: Purchase | undefined
  /** What the caller would be told now that found nothing to resume before. */
  readonly resumption: ResumeDecision | undefined
  readonly budgets: readonly BudgetUsage[]
  readonly topUpRoom: readonly BudgetUsage[]
  /** Whom the host was last paid at on the network, and what the same host and path last cost. */
  readonly lastPayee: string | undefined
  readonly lastCost: AtomicUsdc | undefined
  /** The largest sum that the purchase counts in: that of everything. */
  readonly largestSum: bigint
}

/** Why a reservation is not made; nothing when it is. */
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
 * An equal call that came to be between the look of this caller and its reservation. What only stands in the way, and is
 * not to be resumed or waited for, is rejected, or resolved, as what it is.
 */
function rejectEqualCall(resumption: ResumeDecision = { kind: 'nothing' }): ReservationRejection | undefined {
  const { kind } = resumption
  if (kind === 'nothing' || kind === 'release' || kind === 'name-taken') return undefined
  const { id, name } = resumption.purchase
  return { kind: 'equal-call', purchase: id, name }
}

/** Whom a host is paid at first on a network is whom it is paid at ever after. What is reserved counts as paid. */
function rejectPayee(
  { lastPayee }: ReservationFacts,
  { guards, origin, offer: { network, payTo } }: ReservationTerms
): ReservationRejection | undefined {
  if (!guards.pinsPayee || lastPayee === undefined || sameAddress(lastPayee, payTo)) return undefined
  return { kind: 'payee-moved', host: hostOf(origin), network, payTo, pinned: lastPayee }
}

function rejectPrice(
  { lastCost }: ReservationFacts,
  { guards: { maxPriceIncrease }, origin, offer: { cost } }: ReservationTerms
): ReservationRejection | undefined {
  if (maxPriceIncrease === undefined || lastCost === undefined) return undefined
  if (Number(cost) <= Number(lastCost) * maxPriceIncrease) return undefined
  return { kind: 'price-increased', host: hostOf(origin), cost, lastCost, maxPriceIncrease }
}

function rejectCost(
  { budgets, topUpRoom, largestSum }: ReservationFacts,
  { offer: { cost } }: ReservationTerms
): ReservationRejection | undefined {
  const room = firstExceeded(topUpRoom, cost)
  if (room) return { kind: 'no-top-up-room', cost, ...room }
  const exceeded = firstExceeded(budgets, cost)
  if (exceeded) return { kind: 'over-budget', cost, ...exceeded }
  return largestSum + cost > MAX_SUM ? { kind: 'uncountable' } : undefined
}
