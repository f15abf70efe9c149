import type { Purchase, ResumeLook, ResumeQuery, Resumption, SeenEqualCalls, SeenSession } from '@bursar/core'
import { applyEvent } from '../rules/apply-event.js'
import { evaluateSession, HEARTBEAT_MS, type SessionEvidence, seeSession } from '../rules/liveness.js'
import { reopenPurchase } from '../rules/open-purchase.js'
import { holdsName } from '../rules/questions.js'
import {
  type Candidate,
  decideResumption,
  findJoined,
  isOf,
  type ResumeDecision,
  type ResumeFacts
} from '../rules/resume.js'
import { ask, type Step } from './step.js'
import type { Reads, StoredRow, Transaction } from './transaction.js'
import { replacePurchase, takeOverPurchase } from './write-purchase.js'

/** How often a waiting caller looks again. */
const ASK_AGAIN_MS = HEARTBEAT_MS / 8

/** The result of a look for something to resume. */
export type Resumed =
  | { readonly resumption: Resumption }
  /** Something was found, and the change must be written. */
  | { readonly change: Extract<ResumeDecision, { readonly kind: 'resume' | 'release' }> }

/** Decides what happens to a call, and writes nothing. */
export function* decideResumptionStep(store: Reads, query: ResumeQuery): Step<Resumed> {
  const rows = yield* readRows(store, query)
  const decision = decideResumption(evaluateRows(store, rows, query), query, store.nowMs)
  switch (decision.kind) {
    case 'resume':
    case 'release':
      return { change: decision }
    case 'wait':
    case 'in-flight': {
      // A session that was seen at work must be seen again.
      const earlier = decision.kind === 'wait' ? query.look : undefined
      const look = earlier ? lookAgain(store, rows, earlier) : yield* lookAt(store, rows, query)
      const joined = query.inFlight === 'join' ? decision.purchase.id : undefined
      const { kind, purchase } = decision
      return { resumption: { kind, purchase, askAgainMs: ASK_AGAIN_MS, look: { ...look, joined } } }
    }
    case 'nothing':
      if (query.inFlight !== 'join') return { resumption: decision }
      return { resumption: { kind: 'nothing', look: yield* lookAt(store, rows, query) } }
    default:
      return { resumption: decision }
  }
}

/** A look that takes longer than this has waited for the ledger, as others may have that had something to write. */
const LATE_LOOK_MS = 250
/** For how long others may have waited to write that a call was answered. */
const UNWRITTEN_MS = 10_000
/** How long a call is in flight at most, as far as a look goes back. */
const MAX_IN_FLIGHT_MS = 600_000

/**
 * Reads what a call that begins sees of equal calls, and decides nothing.
 *
 * @param beganAtMs when the call began, by the ledger's clock. Where the ledger could not be read at once, what was in flight
 * then, or was made since, is joined although it has been answered meanwhile.
 */
export function* lookStep(store: Reads, query: ResumeQuery, beganAtMs: number): Step<SeenEqualCalls> {
  const rows = yield* readRows(store, query)
  const unnamed = rows.equal.filter(({ purchase }) => purchase.name === undefined)
  const equal = [...unnamed, ...(rows.named ? [rows.named] : [])].map(({ purchase }) => purchase)
  const joined = findJoined(equal, query, store.nowMs)
  const look = { ...(yield* lookAt(store, rows, query)), joined: joined?.id }
  if (query.inFlight !== 'join' || store.nowMs <= beganAtMs) return { look, joined }
  return { look: yield* lookBack(store, query, { look, beganAtMs }), joined }
}

/**
 * Adds what the look came too late to see in flight. What this process answered in the very millisecond in which the call began
 * is older. What another process had answered just before may have been written during the look, and open in the ledger until
 * then: that is joined too, since nobody knows which was first. As long as the look took, others may have waited as well, and
 * longer where it was late.
 */
function* lookBack(
  store: Reads,
  { fingerprint, name, payers }: ResumeQuery,
  { look, beganAtMs }: { readonly look: ResumeLook; readonly beganAtMs: number }
): Step<ResumeLook> {
  if (look.joined !== undefined || name !== undefined) return look
  const earlier = yield* ask(store.newest(beganAtMs - MAX_IN_FLIGHT_MS))
  const lookMs = store.nowMs - beganAtMs
  const unwrittenMs = lookMs > LATE_LOOK_MS ? UNWRITTEN_MS : lookMs
  const wasInFlight = ({ purchase, session }: StoredRow): boolean =>
    purchase.call === 'answered' &&
    purchase.endedAtMs > beganAtMs - (session.isOurs ? 0 : unwrittenMs) &&
    // What ended later than now was written before the clock was set back.
    purchase.endedAtMs <= store.nowMs &&
    purchase.name === undefined &&
    holdsName(purchase) &&
    isOf(purchase, payers)
  const rows = yield* ask(store.answeredSince(fingerprint, earlier))
  return { ...look, joined: rows.find(wasInFlight)?.purchase.id }
}

/** Repeats the caller's look in the transaction that reserves. */
export function* decideAgainStep(store: Reads, query: ResumeQuery): Step<ResumeDecision> {
  const rows = yield* readRows(store, query)
  return decideResumption(evaluateRows(store, rows, query), query, store.nowMs)
}

/** What came of writing a decision. */
export type WrittenResumption =
  | { readonly resumption: Resumption }
  | { readonly frozen: { readonly reason: string }; readonly purchase: Purchase }
  /** Another purchase is to be resumed by now: decide again. */
  | { readonly again: true }

/**
 * Writes the decision: a resumed purchase is open in this session from now on.
 *
 * @param id of the purchase that was decided on. No other is written, so that a lost answer leaves no doubt about what
 * was written.
 */
export function* writeResumptionStep(
  store: Transaction,
  query: ResumeQuery,
  id: string
): Step<WrittenResumption> {
  const decided = yield* decideResumptionStep(store, query)
  if ('resumption' in decided) return decided
  const { kind, purchase: current } = decided.change
  const before = yield* ask(store.byId(current.id))
  if (!before || current.id !== id) return { again: true }
  if (kind === 'release') {
    const released = applyEvent(current, { type: 'released' }, store.nowMs)
    if (released) yield* replacePurchase(store, { before, after: released })
    return { resumption: { kind: 'nothing' } }
  }
  const frozen = yield* ask(store.frozen())
  if (frozen) return { frozen, purchase: current }
  const purchase = reopenPurchase(decided.change.purchase)
  yield* takeOverPurchase(store, { before, after: purchase })
  return { resumption: { kind: 'resumed', purchase } }
}

interface Rows {
  readonly equal: readonly StoredRow[]
  readonly named: StoredRow | undefined
  readonly joined: StoredRow | undefined
  readonly answered: readonly StoredRow[]
}

function* readRows(store: Reads, { fingerprint, name, inFlight, look }: ResumeQuery): Step<Rows> {
  const joined = look?.joined
  const joins = inFlight === 'join'
  const isNamed = name !== undefined
  return {
    equal: isNamed ? [] : yield* ask(store.equalCalls(fingerprint, joins ? 'all' : 'others')),
    named: isNamed ? yield* ask(store.byName(name)) : undefined,
    joined: joined === undefined ? undefined : yield* ask(store.byId(joined)),
    answered: look && joins && !isNamed ? yield* ask(store.answeredSince(fingerprint, look.newest)) : []
  }
}

function evaluateRows(store: Reads, rows: Rows, { look }: ResumeQuery): ResumeFacts {
  const toCandidate = ({ purchase, session }: StoredRow): Candidate => ({
    purchase,
    session: evaluateSession(session, store.nowMs, look)
  })
  return {
    equal: rows.equal.map(toCandidate),
    named: rows.named && toCandidate(rows.named),
    joined: rows.joined && toCandidate(rows.joined),
    answered: rows.answered.map(({ purchase }) => purchase)
  }
}

/** Records what is seen now. Equal calls made after the caller's first look count as newer. */
function* lookAt(store: Reads, rows: Rows, { inFlight, look }: ResumeQuery): Step<ResumeLook> {
  const sessions: Record<string, SeenSession> = {}
  for (const session of sessionsOf(rows)) sessions[session.id] = seeSession(session, store.nowMs)
  const newest = look?.newest ?? (inFlight === 'join' ? yield* ask(store.newest()) : 0)
  return { sessions, newest }
}

/** Adds what is seen now of the sessions that the caller waits for. */
function lookAgain(store: Reads, rows: Rows, look: ResumeLook): ResumeLook {
  const sessions = { ...look.sessions }
  for (const session of sessionsOf(rows)) {
    const seen = sessions[session.id]
    if (seen) sessions[session.id] = seeSession(session, store.nowMs, seen)
  }
  return { ...look, sessions }
}

/** Without this very session, which is known to be at work. */
function sessionsOf({ equal, named, joined }: Rows): readonly SessionEvidence[] {
  return [...equal, named, joined].flatMap((row) => (row && !row.session.isOurs ? [row.session] : []))
}
