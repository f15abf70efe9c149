import type { AtomicUsdc, JsonObject, NetworkId, Offer, Purchase } from '@bursar/core'

/** A request by which a prepaid balance is kept. */
export interface PrepaidRequest {
  /** From the base URL on. */
  readonly path: string
  /** Sent as JSON. Absent where the service takes no body. */
  readonly body?: JsonObject
}

/** One movement on a prepaid balance. */
export interface Movement {
  /** The service's word, such as `top_up` or `debit`. */
  readonly type: string
  /** Decimal USDC as the service writes it, negative for what leaves. */
  readonly amount: string
  /** Of the payment that was credited. */
  readonly transaction?: string
  /** As the service writes it. */
  readonly at?: string
}

/** One page of movements, and where the next one begins. */
export interface MovementsPage {
  readonly movements: readonly Movement[]
  readonly next?: string
}

/** What a service says of a top-up that was paid. */
export interface CreditedTopUp {
  readonly credited: AtomicUsdc
  /** Whose balance it was credited to. */
  readonly wallet: string
  /** What the balance holds now, where the service says so. */
  readonly balance?: AtomicUsdc
}

/** What a call lacks, by the service's answer. */
export interface Shortfall {
  readonly missing: AtomicUsdc
  /** Whether exactly that is missing. If not, it is the most that can be missing. */
  readonly isExact: boolean
}

/** A 402 that answered a call with a proof. */
export interface RejectedCall {
  readonly headers: Headers
  readonly body: JsonObject | undefined
  /** The network of the proven wallet. */
  readonly network: NetworkId
}

/** How one service keeps prepaid balances. */
export interface PrepaidService {
  /** Such as `katana`. */
  readonly name: string
  topUp(amount: AtomicUsdc): PrepaidRequest
  /** Says why an offer is not one for a top-up of exactly this amount and its gas. */
  rejectionReason(offer: Offer, amount: AtomicUsdc): string | undefined
  /** Reads the answer to a top-up. `undefined`: it cannot be understood. */
  readTopUp(body: JsonObject): CreditedTopUp | undefined
  balance(wallet: string): PrepaidRequest
  readBalance(body: JsonObject): AtomicUsdc | undefined
  movements(wallet: string, cursor: string | undefined): PrepaidRequest
  readMovements(body: JsonObject): MovementsPage | undefined
  /** Whether a movement is the credit of a top-up that was paid. */
  isCreditOf(movement: Movement, paid: Purchase): boolean
  /** Reads what a call lacks. `undefined`: the 402 says something else. */
  shortfall(refused: RejectedCall): Shortfall | undefined
}
