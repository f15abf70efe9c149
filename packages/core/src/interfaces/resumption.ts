import type { OutstandingPayment, Purchase, SettledPayment } from './purchase.js'

/** Asks for the purchase of an equal call that is unresolved. */
export interface ResumeQuery {
  readonly fingerprint: string
  /** Only the purchase of this name; without one, only those that have none. */
  readonly name?: string | undefined
  /** Addresses of the caller: another's payment is never resumed. Absent: any payer. */
  readonly payers?: readonly string[] | undefined
  /** How long after its call has ended a purchase is resumed whose authorization is over. By the ledger's clock. */
  readonly windowMs: number
  /**
   * What an equal call that is in flight is to this one: nothing (`separate`, the default), or the same purchase, whose
   * end it shares (`join`).
   */
  readonly inFlight?: 'separate' | 'join' | undefined
  /** What the answer before this one saw. */
  readonly look?: ResumeLook | undefined
}

/** What was seen when a caller began to wait, and is handed back when it asks again. */
export interface ResumeLook {
  /** By the ledger's clock. */
  readonly sinceMs: number
  /** The heartbeats of the sessions that may still be at work, as they were then. */
  readonly heartbeats: Readonly<Record<string, number>>
  /** How far the ledger had come then: the number of its newest purchase. */
  readonly newest: number
  /** The purchase that is joined. */
  readonly joined?: string | undefined
}

/** A payment whose bytes are available. */
export type ResumablePayment =
  | OutstandingPayment
  | Extract<SettledPayment, { readonly call: 'open' | 'failed' }>

/** What becomes of a call for which there may be an equal one. */
export type Resumption =
  /** Nothing stands in the way of a new purchase. Where calls are joined, what was seen is for its reservation. */
  | { readonly kind: 'nothing'; readonly look?: ResumeLook | undefined }
  /** Its call is open again, in this session: nobody else resumes it. */
  | { readonly kind: 'resumed'; readonly purchase: ResumablePayment }
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
