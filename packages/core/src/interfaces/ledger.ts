import type { AtomicUsdc } from '../amount/atomic.js'
import type { NetworkId } from '../network/network.js'
import type { Debit } from './auditor.js'
import type { DebitPurchase, Purchase, PurchaseState } from './purchase.js'
import type { PurchaseEvent, SignedEvent } from './purchase-event.js'
import type {
  Budget,
  BudgetUsage,
  Reservation,
  ReservationRejection,
  ReservationTerms
} from './reservation.js'
import type { ResumeQuery, Resumption, SeenEqualCalls } from './resumption.js'

/** Options of every call to a ledger. */
export interface LedgerCallOptions {
  /**
   * Ends the wait. The work is undone in the background: a reservation is released, and a resumed call fails. Default:
   * the wait ends with the answer.
   *
   * @example { signal: AbortSignal.timeout(5_000) }
   */
  readonly signal?: AbortSignal | undefined
}

/** How a reservation is made. */
export interface ReserveOptions extends LedgerCallOptions {
  /**
   * Uses the key, and waits for nothing. It is called once, in the step that reserves, after every check has passed,
   * and the purchase opens as `signed`. When it throws, nothing is held, and its error is thrown on. A ledger on another
   * machine reserves, has it called here, and writes what it signed before the purchase is handed out. Default:
   * the purchase opens as `reserved`, and is signed later.
   *
   * @example { sign: () => ({ type: 'signed', payment, header: paymentHeader }) }
   */
  readonly sign?: (() => SignedEvent) | undefined
}

/** Identifies one purchase: by the caller's name, the ledger's id, or the service's id of its job. */
export type PurchaseQuery = { readonly name: string } | { readonly id: string } | { readonly job: string }

/** A host and path that has a price. */
export interface PricedPlace {
  readonly origin: string
  readonly path: string
  /** Whether the price is asked for in money of test networks, which is kept apart. */
  readonly isTest?: true | undefined
}

/** An account that may have bought what is at a path. */
export interface BuyerQuery {
  readonly origin: string
  readonly path: string
  readonly payer: string
}

/** Which purchases are listed. Every condition given must hold. */
export interface HistoryQuery {
  /**
   * Lists purchases that were reserved at or after this time, in Unix milliseconds. Default: all.
   *
   * @example { fromMs: Date.now() - 86_400_000 }
   */
  readonly fromMs?: number | undefined
  /**
   * Lists purchases that were reserved before this time, in Unix milliseconds. Default: all.
   *
   * @example { untilMs: Date.parse('2026-01-01') }
   */
  readonly untilMs?: number | undefined
  /** The host that was called. Default: every host. @example { host: 'kat.imgnai.com' } */
  readonly host?: string | undefined
  /** The network of the payment. Default: every network. @example { network: 'eip155:8453' } */
  readonly network?: NetworkId | undefined
  /** The state of the purchase. Default: every state. @example { state: 'settled' } */
  readonly state?: PurchaseState | undefined
  /**
   * The service's name for the job that was bought. Default: every job, and purchases without one.
   *
   * @example { job: 'req_123' }
   */
  readonly job?: string | undefined
  /** How the ledger's name for the purchase begins. Default: any. @example { idPrefix: 'p019ac' } */
  readonly idPrefix?: string | undefined
  /**
   * Labels that the purchase carries, with these values. Default: any labels.
   *
   * @example { labels: { agent: 'research' } }
   */
  readonly labels?: Readonly<Record<string, string>> | undefined
}

/** A job of a service. */
export interface JobNote {
  /** The service's name for it, such as Katana's `request_id`. */
  readonly job: string
  /** The purchase that bought it. Absent: no purchase of this ledger did, such as where a balance paid. */
  readonly purchase?: string | undefined
  readonly origin: string
  readonly labels: Readonly<Record<string, string>>
}

/** A job that was noted. */
export interface Job extends JobNote {
  /** Unix milliseconds, by the ledger's clock. */
  readonly notedAtMs: number
}

/** Which jobs are listed. */
export interface JobQuery {
  /**
   * Lists jobs that were noted at or after this time, in Unix milliseconds. Default: all.
   *
   * @example { fromMs: Date.now() - 86_400_000 }
   */
  readonly fromMs?: number
  /** The service's name for the job. Default: every job. @example { job: 'req_123' } */
  readonly job?: string
}

/** Whose sums are listed. */
export interface SummedQuery {
  /** Hosts that were paid, or the values of a label. */
  readonly by: 'host' | { readonly label: string }
  /** Lists those on which something settled after this time, in Unix milliseconds. Default: all. */
  readonly afterMs?: number | undefined
  /** Lists what was paid in money of test networks. Absent: everything else. */
  readonly isTest?: true | undefined
}

/** Whether the ledger may pay. */
export interface LedgerStatus {
  /** Set while the ledger is frozen: nobody reserves or resumes anything. */
  readonly frozen?: { readonly reason: string; readonly sinceMs: number; readonly by: string } | undefined
  /** Set while the ledger is an older copy of itself: nothing is reserved until it was reconciled with the chain. */
  readonly restored?: { readonly reason: string } | undefined
  /** Purchases that were reserved before this time may have been forgotten. Unix milliseconds. Absent: none was. */
  readonly forgottenUntilMs?: number | undefined
  /** Now, by the clock that the times of purchases are told by. Unix milliseconds. Absent: the ledger goes by this machine's. */
  readonly nowMs?: number | undefined
  /** Events of this process that the store has not taken yet. */
  readonly unwritten: number
}

/**
 * The journal of purchases and the budgets they count against.
 *
 * A ledger that cannot be read or written throws `ledger/unavailable`. Its `moneyState` says what is known: if the
 * answer to a write is lost, the store is asked again before the error is thrown.
 */
export interface Ledger {
  /**
   * Reserves the cost in every budget and opens the purchase, in one transaction. A purchase that opens as `sent` or
   * `signed` is durable.
   *
   * @throws {BursarError} `offer/over-limit`, `offer/payee-refused`, `purchase/name-taken`, `purchase/in-progress`,
   * `ledger/frozen`, `ledger/conflict`, `ledger/unavailable`
   * @throws {TypeError} when a name or label is no well-formed text.
   */
  reserve(reservation: Reservation, options?: ReserveOptions): Promise<Purchase>
  /** Returns what would reject a reservation now, and reserves nothing. @throws {BursarError} `ledger/unavailable` */
  evaluate(terms: ReservationTerms, options?: LedgerCallOptions): Promise<ReservationRejection | undefined>
  /**
   * Records an event of a purchase. For `signed` and `reissued` it resolves only once the bytes are durable. Other
   * events are never dropped: if the store cannot write one, this rejects, and the event is written in the background
   * as soon as possible.
   *
   * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
   */
  recordEvent(id: string, event: PurchaseEvent, options?: LedgerCallOptions): Promise<Purchase>
  /**
   * Resumes the oldest match, so that a caller that tries again does not pay again. If another session may still be
   * working on it, the answer says when to ask again.
   *
   * @throws {BursarError} `ledger/frozen` when there is a match, and nothing may be sent again either, `ledger/unavailable`
   */
  resume(query: ResumeQuery, options?: LedgerCallOptions): Promise<Resumption>
  /**
   * Reads which equal calls are in flight when a call begins, and resumes none of them.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  look(query: ResumeQuery, options?: LedgerCallOptions): Promise<SeenEqualCalls>
  /** @throws {BursarError} `ledger/unavailable` */
  find(query: PurchaseQuery, options?: LedgerCallOptions): Promise<Purchase | undefined>
  /** How much of each budget is gone. @throws {BursarError} `ledger/unavailable` */
  usage(budgets: readonly Budget[], options?: LedgerCallOptions): Promise<readonly BudgetUsage[]>
  /**
   * What the newest purchase cost that was paid at a host and path, or requested there.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  lastCost(place: PricedPlace, options?: LedgerCallOptions): Promise<AtomicUsdc | undefined>
  /**
   * Whether a settled payment of this account bought what is at a path of an origin, as far as the ledger remembers.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  hasBought(query: BuyerQuery, options?: LedgerCallOptions): Promise<boolean>
  /** @throws {BursarError} `ledger/unavailable` */
  status(options?: LedgerCallOptions): Promise<LedgerStatus>
  /**
   * Records the service's id of a job, so that it is found after a crash. With a `purchase`, also in that purchase.
   *
   * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
   */
  noteJob(note: JobNote, options?: LedgerCallOptions): Promise<void>
  /** Jobs, newest first, read page by page while iterating. @throws {BursarError} `ledger/unavailable` */
  jobs(query?: JobQuery): AsyncIterable<Job>
  /**
   * Enters a transfer that the chain shows and no purchase accounts for, so that it counts. Returns `undefined` if
   * there already is a purchase with its reference.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  recordDebit(debit: Debit): Promise<DebitPurchase | undefined>
  /** Records that a restored ledger was compared with the chain, so that it may pay again. @throws {BursarError} `ledger/unavailable` */
  markReconciled(): Promise<void>
  /** Purchases whose authorization can still settle, or whose account may still be billed. @throws {BursarError} `ledger/unavailable` */
  outstanding(options?: LedgerCallOptions): Promise<readonly Purchase[]>
  /** The newest payments that settled and whose callers got no answer, at most a hundred. @throws {BursarError} `ledger/unavailable` */
  undelivered(options?: LedgerCallOptions): Promise<readonly Purchase[]>
  /**
   * The hosts or labels on which most was spent, ever, at most two hundred. It is read from the sums, and takes no longer with
   * a million purchases. {@link Ledger.usage} says how much.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  summed(query: SummedQuery, options?: LedgerCallOptions): Promise<readonly string[]>
  /** Purchases, newest first, read page by page while iterating. @throws {BursarError} `ledger/unavailable` */
  history(query?: HistoryQuery): AsyncIterable<Purchase>
  /**
   * Freezes the ledger: nobody reserves or resumes anything (`ledger/frozen`). `undefined` ends that.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  freeze(reason: string | undefined): Promise<void>
  close(): Promise<void>
}
