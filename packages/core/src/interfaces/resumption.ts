import type { OutstandingPayment, Purchase, SettledPayment } from './purchase.js'

/** A query for the unresolved purchase of an equal call. */
export interface ResumeQuery {
  readonly fingerprint: string
  /** Only the purchase of this name; without one, only those that have none. */
  readonly name?: string | undefined
  /** Addresses of the caller: another's payment is never resumed. Absent: any payer. */
  readonly payers?: readonly string[] | undefined
  /**
   * How long after the end of its call a purchase that has settled is resumed, in milliseconds of the ledger's clock. One
   * that is unresolved is resumed however long ago that was.
   */
  readonly windowMs: number
  /** The id of a purchase that was `unresolved`, and of which the chain says that it can still settle, or says nothing. */
  readonly unresolved?: string | undefined
  /**
   * How this call relates to an equal call in flight: it is another purchase (`separate`, the default), or the same
   * one, whose end it shares (`join`).
   */
  readonly inFlight?: 'separate' | 'join' | undefined
  /** For a look: how long ago the call began. Milliseconds. Default: 0. */
  readonly ageMs?: number | undefined
  /** What the answer before this one saw. */
  readonly look?: ResumeLook | undefined
}

/** What a waiting caller has seen of a session that may still be at work. */
export interface SeenSession {
  /** Its newest heartbeat, by its own clock. */
  readonly heartbeatAtMs: number
  /** When that was seen for the first time, by the ledger's clock. */
  readonly sinceMs: number
  /** Whether it had another heartbeat when the caller began to wait. */
  readonly isRenewed: boolean
}

/** What a caller has seen since it began to wait. It passes this back when it asks again. */
export interface ResumeLook {
  /** The sessions that may still be at work, by their ids. */
  readonly sessions: Readonly<Record<string, SeenSession>>
  /** The sequence number of the ledger's newest purchase at that time. */
  readonly newest: number
  /** The purchase that is joined. */
  readonly joined?: string | undefined
}

/** What a call that begins sees of equal calls. */
export interface SeenEqualCalls {
  /** For {@link ResumeQuery}: the end of the joined call is this call's, even if it comes before the query is made. */
  readonly look: ResumeLook
  /** The equal call in flight, as it is now. */
  readonly joined?: Purchase | undefined
}

/** A payment whose bytes are available. */
export type ResumablePayment =
  | OutstandingPayment
  | Extract<SettledPayment, { readonly call: 'open' | 'failed' }>

/** The decision about a call for which there may be an equal one. */
export type Resumption =
  /** A new purchase may be made. Where calls are joined, `look` is for its reservation. */
  | { readonly kind: 'nothing'; readonly look?: ResumeLook | undefined }
  /** Its call is open again in this session, so that nobody else resumes it. */
  | { readonly kind: 'resumed'; readonly purchase: ResumablePayment }
  /**
   * Its window is over and its authorization has expired, both by a clock, which proves nothing: ask the chain, record the
   * answer, and ask again. Where it can still settle, or the chain does not say, ask again with its id as `unresolved`.
   */
  | { readonly kind: 'unresolved'; readonly purchase: OutstandingPayment }
  /** It is not known whether another session still works on it. Ask again with `look`, after this time. */
  | Waiting<'wait'>
  /** An equal call is in flight, and is joined. Ask again with `look`, after this time. */
  | Waiting<'in-flight'>
  /** The joined call has its answer. */
  | { readonly kind: 'answered'; readonly purchase: Purchase }
  /** The name belongs to another call, is on its way in another call, or was paid for before. */
  | { readonly kind: 'name-taken' | 'in-progress' | 'already-settled'; readonly purchase: Purchase }

interface Waiting<Kind extends string> {
  readonly kind: Kind
  readonly purchase: Purchase
  readonly askAgainMs: number
  readonly look: ResumeLook
}
