import {
  type OutstandingPayment,
  type Purchase,
  type ResumablePayment,
  type ResumeQuery,
  sameAddress
} from '@bursar/core'
import type { Liveness } from './liveness.js'
import { endAbandonedCall } from './orphans.js'
import { canBeResumed, hasBytes, holdsName, isOutstandingPayment } from './questions.js'

/** A purchase of an equal call, or of the name, and whether its session is still at work. */
export interface Candidate {
  readonly purchase: Purchase
  readonly session: Liveness
}

/** The facts that decide about a resumption, as one transaction reads them. */
export interface ResumeFacts {
  /** Equal calls whose bytes are available or that are open, oldest first; without those that have a name. */
  readonly equal: readonly Candidate[]
  /** The purchase that has the name. */
  readonly named: Candidate | undefined
  /** The purchase that was joined before. */
  readonly joined: Candidate | undefined
  /** Where calls are joined: equal calls that were made and answered since the caller began to look, oldest first. */
  readonly answered: readonly Purchase[]
}

/** The decision about a call for which there may be an equal one. */
export type ResumeDecision =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'resume'; readonly purchase: ResumablePayment }
  /** It can still settle, as far as the ledger knows, and only clocks say otherwise. */
  | { readonly kind: 'unresolved'; readonly purchase: OutstandingPayment }
  /** Its session is gone, and nothing was signed: it is released and blocks nobody. */
  | { readonly kind: 'release'; readonly purchase: Purchase }
  | { readonly kind: 'wait'; readonly purchase: Purchase; readonly withinMs: number }
  | { readonly kind: 'in-flight'; readonly purchase: Purchase }
  | { readonly kind: 'answered'; readonly purchase: Purchase }
  | { readonly kind: 'name-taken' | 'in-progress' | 'already-settled'; readonly purchase: Purchase }

/** Decides what happens to a call: by its name where it has one, else by equal calls. */
export function decideResumption(facts: ResumeFacts, query: ResumeQuery, nowMs: number): ResumeDecision {
  const joined = facts.joined && decideJoined(facts.joined, query)
  if (joined) return joined
  if (query.name !== undefined) return facts.named ? decideNamed(facts.named, query) : { kind: 'nothing' }
  const isEqual = (purchase: Purchase): boolean => purchase.name === undefined && isOf(purchase, query.payers)
  const equal = facts.equal.filter(({ purchase }) => isEqual(purchase))
  const decided = decideEqual(equal, query, nowMs)
  const answered = facts.answered.find((purchase) => isEqual(purchase) && holdsName(purchase))
  return decided.kind === 'nothing' && answered ? { kind: 'answered', purchase: answered } : decided
}

/** A caller that waited for a purchase shares its end. */
function decideJoined({ purchase, session }: Candidate, { payers }: ResumeQuery): ResumeDecision | undefined {
  if (!isOf(purchase, payers)) return undefined
  const current = endAbandonedCall(purchase, session)
  if (current.call === 'answered' && holdsName(current)) return { kind: 'answered', purchase: current }
  if (canBeResumed(current)) return { kind: 'resume', purchase: current }
  return undefined
}

/** A named purchase is resumed by its name, however old it is. */
function decideNamed({ purchase, session }: Candidate, query: ResumeQuery): ResumeDecision {
  if (purchase.fingerprint !== query.fingerprint || !isOf(purchase, query.payers))
    return { kind: 'name-taken', purchase }
  if (purchase.call === 'open' && session.kind === 'unknown')
    return { kind: 'wait', purchase, withinMs: session.withinMs }
  const current = endAbandonedCall(purchase, session)
  if (current.call === 'open')
    return { kind: query.inFlight === 'join' ? 'in-flight' : 'in-progress', purchase: current }
  if (current.call === 'answered') return { kind: 'already-settled', purchase: current }
  if (canBeResumed(current)) return { kind: 'resume', purchase: current }
  return current.state === 'reserved' ? { kind: 'release', purchase: current } : { kind: 'nothing' }
}

function decideEqual(equal: readonly Candidate[], query: ResumeQuery, nowMs: number): ResumeDecision {
  const current = equal.map(({ purchase, session }) => endAbandonedCall(purchase, session))
  const [first] = resumableOf(current, query, nowMs)
  if (first) return { kind: 'resume', purchase: first }
  const unresolved = current.find(isUnresolved)
  if (unresolved) return { kind: 'unresolved', purchase: unresolved }
  const joins = query.inFlight === 'join'
  for (const { purchase, session } of equal) {
    if (purchase.call !== 'open' || session.kind !== 'unknown') continue
    // If its session were gone, it would be resumed. Without signed bytes it would only be released.
    if (joins || hasBytes(purchase)) return { kind: 'wait', purchase, withinMs: session.withinMs }
  }
  if (!joins) return { kind: 'nothing' }
  const inFlight = equal.find(({ purchase, session }) => purchase.call === 'open' && session.kind === 'alive')
  if (inFlight) return { kind: 'in-flight', purchase: inFlight.purchase }
  // After a jump of the clock, a session that is at work may count as gone. Its reservation is released first, so that it can
  // no longer sign.
  const abandoned = equal.find(({ purchase }) => purchase.call === 'open' && purchase.state === 'reserved')
  if (!abandoned) return { kind: 'nothing' }
  return { kind: 'release', purchase: endAbandonedCall(abandoned.purchase, abandoned.session) }
}

/**
 * The equal call that a call shares which begins now: the one that it would resume, which another caller may take up and end
 * first, else one that is in flight.
 */
export function findJoined(
  equal: readonly Purchase[],
  query: Pick<ResumeQuery, 'payers' | 'windowMs'>,
  nowMs: number
): Purchase | undefined {
  const ours = equal.filter((purchase) => isOf(purchase, query.payers))
  return resumableOf(ours, query, nowMs)[0] ?? ours.find(({ call }) => call === 'open')
}

type ResumableTime = Pick<ResumeQuery, 'windowMs' | 'unresolved'>

/** The purchases that can be resumed, in the order in which they are. */
function resumableOf(
  purchases: readonly Purchase[],
  query: ResumableTime,
  nowMs: number
): ResumablePayment[] {
  return purchases
    .filter((purchase) => isResumable(purchase, query, nowMs))
    .sort((one, other) => resumeOrder[one.state] - resumeOrder[other.state])
}

/**
 * What has settled, or may, is resumed before what was only signed: that was perhaps never sent, by a process that was killed
 * before it could discard it, while an equal call paid.
 */
const resumeOrder: Readonly<Record<ResumablePayment['state'], number>> = { settled: 0, sent: 1, signed: 2 }

/**
 * Whether an equal call resumes the purchase at once: it ended without its answer within the window, or its authorization
 * has not expired, however long ago that was.
 */
function isResumable(
  purchase: Purchase,
  { windowMs, unresolved }: ResumableTime,
  nowMs: number
): purchase is ResumablePayment {
  if (!canBeResumed(purchase)) return false
  const isAlive = isUnresolved(purchase) && purchase.authorization.expiresAtSeconds * 1000 > nowMs
  return isAlive || purchase.endedAtMs >= nowMs - windowMs || purchase.id === unresolved
}

/**
 * Whether the purchase failed and can still settle, as far as the ledger knows. When its authorization expires is known by our
 * clock only, and on Solana by an estimate of how fast blocks come: a chain that made none for an hour still takes it.
 */
function isUnresolved(purchase: Purchase): purchase is OutstandingPayment & ResumablePayment {
  return canBeResumed(purchase) && isOutstandingPayment(purchase)
}

/** Another wallet's payment is neither joined nor resumed. */
export function isOf(purchase: Purchase, payers: readonly string[] | undefined): boolean {
  if (payers === undefined || purchase.kind !== 'payment') return true
  return payers.some((payer) => sameAddress(payer, purchase.payer))
}
