import type { AtomicUsdc } from '../amount/atomic.js'
import type { Dialect } from '../dialect/dialect.js'
import type { NetworkId } from '../network/network.js'
import type { PurchaseEvidence } from './evidence.js'
import type { SignedPayment } from './payer.js'
import type { SignedBytes } from './signed-bytes.js'

/** What a purchase pays. */
interface OfferTerms {
  readonly network: NetworkId
  readonly asset: string
  readonly payTo: string
  /** In the asset's smallest unit. */
  readonly amountAtomic: bigint
  /** What counts against the limits. */
  readonly cost: AtomicUsdc
  /** What is paid with. Absent: USDC with 6 decimals, or dollars. */
  readonly token?: PaidToken | undefined
  /** The most that may be taken, where the server says afterwards what it takes (the scheme `upto`). Absent: `amountAtomic`. */
  readonly upto?: MostTaken | undefined
  /** Whether it is money of a test network, which is worth nothing and counts by itself. */
  readonly isTest?: true | undefined
}

/** The most that an `upto` payment lets the server take. The offer's own amount is the same until it is known what was taken. */
interface MostTaken {
  /** In the asset's smallest unit. */
  readonly amountAtomic: bigint
  /** What it counts against the limits. */
  readonly cost: AtomicUsdc
  /** Set once the server or the chain has said what was taken. */
  readonly isTaken?: true
}

/** A token that a purchase was paid with, and what one unit counted as. */
export interface PaidToken {
  readonly symbol: string
  readonly decimals: number
  /** Dollars for one unit, as decimal text, as the user said then. Absent: it is a dollar. */
  readonly rate?: string | undefined
}

/** The chosen offer, as the ledger keeps it. */
export interface PaymentOffer extends OfferTerms {
  readonly dialect: Dialect['name']
}

/** A call that an account at the service is billed for, in dollars. Nothing is signed. The network is `account:usd`. */
export interface AccountOffer extends OfferTerms {
  readonly dialect: 'account'
}

/** A call that a prepaid balance at the service pays for. Nothing is signed. The network is `balance:eip155:8453`. */
export interface BalanceOffer extends OfferTerms {
  readonly dialect: 'balance'
}

export type PurchaseOffer = PaymentOffer | AccountOffer | BalanceOffer

/** The facts of every purchase. */
interface PurchaseFacts {
  readonly id: string
  /** The caller's own name for it. No two purchases that pay or may still pay have the same. */
  readonly name?: string | undefined
  /** Hash of method, URL, body and tenant: equal for equal calls. */
  readonly fingerprint: string
  readonly method: string
  /** The host that is paid. */
  readonly origin: string
  /** The origin that the caller requested, when a redirect led from it to `origin`. */
  readonly requestedOrigin?: string | undefined
  /** Without the query, which may hold secrets. */
  readonly path: string
  /** The path that the caller requested, when a redirect led from it to `path`. */
  readonly requestedPath?: string | undefined
  readonly labels: Readonly<Record<string, string>>
  /** The service's name for the job that was bought, such as Katana's `request_id`. */
  readonly job?: string | undefined
  /** Whether an equal call has resumed it. From then on its bytes may be sent by more calls than the one that signed them. */
  readonly resumed?: true | undefined
  /** Whether the server refused it and asked another price, so that it is never sent again. It may still settle. */
  readonly withdrawn?: true | undefined
  /** Unix milliseconds, by the ledger's clock. */
  readonly reservedAtMs: number
}

/** The caller is waiting. */
interface OpenCall {
  readonly call: 'open'
}

/** The caller has its answer. */
interface AnsweredCall {
  readonly call: 'answered'
  /** Unix milliseconds. */
  readonly endedAtMs: number
}

/** The caller got no answer. */
interface FailedCall {
  readonly call: 'failed'
  /** Unix milliseconds. */
  readonly endedAtMs: number
}

type CallProgress = OpenCall | AnsweredCall | FailedCall

/** Whether the purchase's caller still waits, has its answer, or got none. */
export type CallState = CallProgress['call']

/** The part of an authorization that is kept for ever; it cannot pay. */
export type PurchaseAuthorization = Pick<SignedPayment, 'payer' | 'reference' | 'expiresAtSeconds'>

/** When a purchase settled. Unix milliseconds. */
interface SettledTimes {
  /** By the chain's time where it is known, else when it was learned, but never after the end of the authorization. */
  readonly settledAtMs: number
  /** From when it counts in rolling windows: the latest time at which it can have settled. */
  readonly countedAtMs: number
}

/** Once it is settled, the signed bytes are kept until the caller has its answer. */
type SettledCall = ((OpenCall | FailedCall) & { readonly bytes: SignedBytes }) | AnsweredCall

interface PaymentFacts extends PurchaseFacts {
  readonly kind: 'payment'
  /** The address that pays. */
  readonly payer: string
  readonly offer: PaymentOffer
  /** What the seller signed of it. Absent: it declares nothing of the kind. */
  readonly evidence?: PurchaseEvidence | undefined
}

/** Reserved and not signed yet, or released: nothing was signed, or what was signed is never sent. */
export type UnsignedPurchase = PaymentFacts & CallProgress & { readonly state: 'reserved' | 'released' }

/** An authorization was sent, or is about to be, and can still settle. */
export type OutstandingPayment = PaymentFacts &
  CallProgress & {
    readonly state: 'signed' | 'sent'
    readonly authorization: PurchaseAuthorization
    readonly bytes: SignedBytes
  }

export type SettledPayment = PaymentFacts &
  SettledCall &
  SettledTimes & {
    readonly state: 'settled'
    readonly authorization: PurchaseAuthorization
    /** Of the settling transaction, when known. */
    readonly transaction?: string | undefined
  }

/** The chain has proven that its authorization did not settle and never can. */
export type DeadPayment = PaymentFacts &
  CallProgress & { readonly state: 'dead'; readonly authorization: PurchaseAuthorization }

/** A purchase that a signature pays. */
export type PaymentPurchase = UnsignedPurchase | OutstandingPayment | SettledPayment | DeadPayment

/** Tokens of a text, as its answer reports them. What came from a cache or went to one is input. */
export interface TokenCounts {
  readonly input: number
  readonly output: number
}

/** Held at the most that the call can cost, then settled at what it did cost. */
type BilledCall = PurchaseFacts &
  CallProgress &
  (
    | { readonly state: 'sent' | 'released' }
    | ({ readonly state: 'settled'; readonly tokens?: TokenCounts | undefined } & SettledTimes)
  )

/** A call that an account is billed for. */
export type AccountPurchase = BilledCall & { readonly kind: 'account'; readonly offer: AccountOffer }

/**
 * A call that a prepaid balance pays for. It counts in the budgets of its labels alone: what was put on the balance counts in
 * all others.
 */
export type BalancePurchase = BilledCall & { readonly kind: 'balance'; readonly offer: BalanceOffer }

/** A transfer that the chain shows and that no purchase of this ledger made. It has no origin and no path. */
export type DebitPurchase = PurchaseFacts &
  AnsweredCall &
  SettledTimes & {
    readonly kind: 'debit'
    readonly state: 'settled'
    readonly offer: PaymentOffer
    /** The chain's public name of the authorization, where it used one. */
    readonly reference?: string | undefined
    readonly transaction: string
  }

/**
 * One purchase. The type excludes impossible states: only a signed purchase has an authorization, only a settled one
 * has a time of settlement, and signed bytes are held only while they may be needed.
 *
 * ```
 * payment: reserved ─► signed ─► sent ─► settled
 *             │           ├────────┴──► dead          (proven by the chain)
 *             └───────────┴─► released                (nothing was sent)
 * account, balance: sent ─► settled | released
 * debit:   settled
 * ```
 * A payment that a key signs synchronously opens as `signed`. An authorization that is proven dead may be replaced by a
 * new one of the same amount within its purchase (`reissued`); the budget is held throughout.
 */
export type Purchase = PaymentPurchase | AccountPurchase | BalancePurchase | DebitPurchase

/** The state of a purchase. */
export type PurchaseState = Purchase['state']
