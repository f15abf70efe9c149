import type { AtomicUsdc } from '../amount/atomic.js'
import type { NetworkId } from '../network/network.js'
import type { PurchaseEvidence } from './evidence.js'
import type { AccountOffer, BalanceOffer, PaymentOffer, PurchaseOffer, PurchaseState } from './purchase.js'
import type { ResumeQuery } from './resumption.js'

/** A sum that the purchases in its scope may not exceed. */
export interface Budget {
  /** For messages: `payment`, `day`, `host kat.imgnai.com day`. */
  readonly name: string
  readonly limit: AtomicUsdc
  /** The purchases that count: all, those to one host, or those with one label. */
  readonly host?: string
  /** An empty value stands for the purchases that do not carry the label. */
  readonly label?: { readonly name: string; readonly value: string }
  /** Rolling window in milliseconds. Absent: all time. */
  readonly windowMs?: number | undefined
  /** Whether it is of what is paid in money of test networks. Absent: of everything else. */
  readonly isTest?: true | undefined
}

/** The usage of a budget: what settled in its window, and all that could still settle. */
export interface BudgetUsage {
  readonly budget: Budget
  readonly used: AtomicUsdc
}

/** The guards of a reservation. They are checked in the transaction that makes it, before anything is signed. */
export interface ReservationGuards {
  readonly budgets: readonly Budget[]
  /** The budgets of the rule that a top-up is made by. */
  readonly topUpRoom?: readonly Budget[] | undefined
  /** Rejects a payee that differs from the one that the paid host, or the requested one, had on this network. */
  readonly pinsPayee?: boolean | undefined
  /** Rejects a cost above this many times what the same host and path last cost: those paid, and those requested. */
  readonly maxPriceIncrease?: number | undefined
  /**
   * Rejects when an equal call has appeared that is to be resumed, waited for or joined, or was answered since. This is
   * the query that found nothing, with the `look` of its answer.
   */
  readonly resumption?: ResumeQuery | undefined
}

/** What the guards look at. */
export interface ReservationTerms {
  /** The caller's own name for the purchase. */
  readonly name?: string | undefined
  /** The origin that is to be paid. */
  readonly origin: string
  /**
   * The origin that the caller requested, when a redirect led from it to `origin`. Counts against the budgets of both
   * hosts, and is held to the payees and prices of both.
   */
  readonly requestedOrigin?: string | undefined
  /** Without the query, which may hold secrets. */
  readonly path: string
  /** The path that the caller requested, when a redirect led from it to `path`. */
  readonly requestedPath?: string | undefined
  readonly offer: PurchaseOffer
  readonly labels: Readonly<Record<string, string>>
  readonly guards: ReservationGuards
}

interface ReservationFacts extends ReservationTerms {
  readonly id: string
  /** Hash of method, URL, body and tenant: equal for equal calls. */
  readonly fingerprint: string
  readonly method: string
}

/** A payment that is to be signed. */
export interface PaymentReservation extends ReservationFacts {
  readonly kind: 'payment'
  /** The address that pays. */
  readonly payer: string
  readonly offer: PaymentOffer
  /** The offer that the seller signed. Absent: it declares nothing of the kind. */
  readonly evidence?: PurchaseEvidence | undefined
}

/** A call that an account is about to be billed for. */
export interface AccountReservation extends ReservationFacts {
  readonly kind: 'account'
  readonly offer: AccountOffer
}

/** A call that a prepaid balance is about to be charged for. */
export interface BalanceReservation extends ReservationFacts {
  readonly kind: 'balance'
  readonly offer: BalanceOffer
}

/** A purchase before it is made. Its fields become those of the purchase. */
export type Reservation = PaymentReservation | AccountReservation | BalanceReservation

/** A cost that is too high. */
interface RejectedCost {
  readonly cost: AtomicUsdc
  /** In its own token, such as `0.5 EURC`. */
  readonly words: string
}

/** Why a reservation is not made. */
export type ReservationRejection =
  | { readonly kind: 'frozen'; readonly reason: string }
  | { readonly kind: 'restored'; readonly reason: string }
  | { readonly kind: 'name-taken'; readonly name: string; readonly purchase: string }
  /** An equal call has appeared: look again whether to resume it or to wait for it. */
  | { readonly kind: 'equal-call'; readonly name?: string | undefined; readonly purchase: string }
  | ({ readonly kind: 'over-budget' | 'no-top-up-room' } & RejectedCost & BudgetUsage)
  | {
      readonly kind: 'payee-moved'
      /** Whose payee it was. */
      readonly host: string
      /** The host that asks: the same, or one that it led to. */
      readonly paidHost: string
      readonly network: NetworkId
      readonly payTo: string
      readonly pinned: string
    }
  | ({
      readonly kind: 'price-increased'
      /** Whose price it was. */
      readonly host: string
      /** The host that asks: the same, or one that it led to. */
      readonly paidHost: string
      readonly lastCost: AtomicUsdc
      readonly maxPriceIncrease: number
    } & RejectedCost)
  /** There is a purchase of this id. */
  | { readonly kind: 'id-taken'; readonly id: string; readonly state: PurchaseState }
  /** The sums would exceed what a store can count. */
  | { readonly kind: 'uncountable' }
