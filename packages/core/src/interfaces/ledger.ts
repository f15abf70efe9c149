import type { AtomicUsdc } from '../amount/atomic.js'
import type { Dialect } from '../dialect/dialect.js'
import type { NetworkId } from '../network/network.js'
import type { SignedPayment } from './payer.js'

/**
 * Where a purchase stands.
 *
 * ```
 * reserved ─► signed ─► sent ─► settled
 *    │           └────────┴──► dead          (proven by the chain)
 *    └─► released                            (nothing was signed)
 * ```
 * What a key signs without a wait opens as `signed`.
 *
 * An authorization that the chain has proven dead may be `replaced` by a new one of the same amount
 * within its purchase; the budget is held throughout.
 *
 * A call that an account is billed for signs nothing: it is `sent` from the start, at the most that it can cost, and
 * becomes `settled` at what it did cost, or `released` when it was free.
 */
export type PurchaseState = 'reserved' | 'signed' | 'sent' | 'settled' | 'dead' | 'released'

/** Whether the purchase's caller is still waiting, has its answer, or went without one. */
export type CallState = 'open' | 'answered' | 'failed'

/** The header that pays, kept so that the same bytes can be sent again. Secret until settled. */
export interface PaymentHeader {
  readonly name: Dialect['requestHeader']
  readonly value: string
}

/** The chosen offer, as the ledger keeps it. */
export interface PurchaseOffer {
  /** `account`: an account at the service is billed, in dollars, and nothing is signed. */
  readonly dialect: Dialect['name'] | 'account'
  /** `account:usd` where an account is billed. */
  readonly network: NetworkId
  readonly asset: string
  readonly payTo: string
  /** In the asset's smallest unit. */
  readonly amountAtomic: bigint
  /** What counts against the limits. */
  readonly cost: AtomicUsdc
}

/** A sum that the purchases in its scope may not exceed. */
export interface Budget {
  /** For messages: `payment`, `day`, `host kat.imgnai.com day`. */
  readonly name: string
  readonly limit: AtomicUsdc
  /** Which purchases count: all, or those to one host, or those with one label. */
  readonly host?: string
  readonly label?: { readonly name: string; readonly value: string }
  /** Rolling window in milliseconds. Absent: all time. */
  readonly windowMs?: number | undefined
}

/** What a purchase is made from. */
export interface Reservation {
  readonly id: string
  /** The caller's own name for it. No two purchases that pay or may still pay have the same. */
  readonly name?: string | undefined
  /** Hash of method, URL and body: equal for equal calls. */
  readonly fingerprint: string
  readonly method: string
  readonly origin: string
  /** Without the query, which may hold secrets. */
  readonly path: string
  readonly offer: PurchaseOffer
  readonly budgets: readonly Budget[]
  readonly labels: Readonly<Record<string, string>>
}

/** What is kept of an authorization for ever: nothing that pays. */
export type PurchaseAuthorization = Pick<SignedPayment, 'payer' | 'reference' | 'expiresAtSeconds'>

/** One purchase. */
export interface Purchase extends Omit<Reservation, 'budgets'> {
  readonly state: PurchaseState
  readonly call: CallState
  /** Absent before signing, and once nobody can need the bytes again. */
  readonly payment?: SignedPayment | undefined
  readonly header?: PaymentHeader | undefined
  /** The newest authorization, by its public name. Kept when its bytes are gone. */
  readonly authorization?: PurchaseAuthorization | undefined
  /** Of the settling transaction, when known. */
  readonly transaction?: string | undefined
  /** The service's name for the job that was bought, such as Katana's `request_id`. */
  readonly job?: string | undefined
  readonly reservedAtMs: number
  readonly settledAtMs?: number | undefined
  /** When its caller's call ended. */
  readonly endedAtMs?: number | undefined
}

/** What happens to a purchase. */
export type PurchaseEvent =
  | { readonly type: 'signed'; readonly payment: SignedPayment; readonly header: PaymentHeader }
  /** A new authorization in place of one that the chain has proven dead. */
  | { readonly type: 'replaced'; readonly payment: SignedPayment; readonly header: PaymentHeader }
  | { readonly type: 'sent' }
  | {
      readonly type: 'settled'
      readonly transaction?: string | undefined
      /** What an account was billed, when it is not what was reserved. */
      readonly cost?: AtomicUsdc
    }
  /** The chain has proven that the authorization is dead: the newest, or the one of this public name if it still is that. */
  | { readonly type: 'dead'; readonly reference?: string | undefined }
  /** Nothing was signed, or an account was not billed. */
  | { readonly type: 'released' }
  /** The service has named the job that was bought. Can happen at any time, and changes nothing about the money. */
  | { readonly type: 'job'; readonly job: string }
  /** The caller has its answer. */
  | { readonly type: 'answered' }
  /** The caller went without its answer; an equal call may take the purchase up. */
  | { readonly type: 'failed' }

/** A payment that is made, and the header that carries it. */
export type SignedEvent = Extract<PurchaseEvent, { readonly type: 'signed' }>

/** Why a reservation does not fit. */
export interface BudgetRejection {
  readonly budget: Budget
  /** What the budget already holds: settled in its window, and all that could still settle. */
  readonly used: AtomicUsdc
}

/** Finds a purchase that ended for its caller without an answer. */
export interface ResumeQuery {
  readonly fingerprint: string
  /** Unix milliseconds. Older ones are left alone, unless their authorization is still alive. */
  readonly endedAfterMs: number
  /** Only the purchase of this name; without one, only those that have none. */
  readonly name?: string | undefined
}

/** Which purchases are listed. Every condition given must hold. */
export interface HistoryQuery {
  /** Unix milliseconds, of the reservation. */
  readonly fromMs?: number
  readonly untilMs?: number
  readonly host?: string
  readonly network?: NetworkId
  readonly state?: PurchaseState
  /** The service's name for what was bought. */
  readonly job?: string
  readonly labels?: Readonly<Record<string, string>>
}

/**
 * The journal of purchases and the budgets they count against.
 *
 * A ledger that cannot be read or written throws `ledger/unavailable`, and nothing is paid.
 */
export interface Ledger {
  /**
   * Takes the cost out of every budget and opens the purchase, in one step that no other call or
   * process can come between. What it opens as `sent` or `signed` is durable.
   *
   * @param sign uses the key, without a wait. It is called within that step, once, when nothing is left that could
   * refuse the cost, and the purchase opens as `signed`. What it throws is thrown on, and nothing is taken.
   * @throws {BursarError} `offer/over-limit`, `purchase/name-taken`, `ledger/frozen`, `ledger/unavailable`
   */
  reserve(reservation: Reservation, sign?: () => SignedEvent): Promise<Purchase>
  /** Tells which budget a reservation would not fit, and takes nothing. */
  check(reservation: Reservation): Promise<BudgetRejection | undefined>
  /**
   * Moves a purchase on. Resolves for `signed` and `replaced` only once the bytes are durable; for the rest it may
   * resolve before, since the chain can tell them again.
   *
   * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
   */
  recordEvent(id: string, event: PurchaseEvent): Promise<Purchase>
  /**
   * Takes up the oldest match and marks its call `open`, so that no second call takes it up. Where processes share the
   * ledger, the calls of one that is gone have failed.
   *
   * @throws {BursarError} `ledger/frozen` when there is a match, and nothing may be sent again either.
   */
  resume(query: ResumeQuery): Promise<Purchase | undefined>
  /** @throws {BursarError} `ledger/unavailable` */
  get(id: string): Promise<Purchase | undefined>
  /** The purchase of a name. @throws {BursarError} `ledger/unavailable` */
  find(name: string): Promise<Purchase | undefined>
  /** Purchases whose authorization can still settle. */
  outstanding(): Promise<readonly Purchase[]>
  /** Purchases, newest first, read as they are asked for. @throws {BursarError} `ledger/unavailable` */
  history(query?: HistoryQuery): AsyncIterable<Purchase>
  /** From now on nobody on this ledger reserves or takes up anything: `ledger/frozen`. With `undefined`, all may again. */
  freeze(reason: string | undefined): Promise<void>
  close(): Promise<void>
}
