import type { Offer } from '../challenge/challenge.js'
import type { Dialect } from '../dialect/dialect.js'
import type { NetworkFamily, NetworkId } from '../network/network.js'
import type { JsonObject } from '../wire/json.js'

/** What a payer is told of the payment beyond the offer. */
export interface PaymentTerms {
  readonly dialect: Dialect
  /** An authorization may live this long at most, whatever the server says. */
  readonly maxValiditySeconds: number
  /** The payment that this one is made instead of, which the chain has proven dead. */
  readonly replaces?: SignedPayment | undefined
  readonly signal?: AbortSignal | undefined
}

/** A signed authorization. Whoever holds `payload` can settle it, once, until it expires. */
export interface SignedPayment {
  readonly network: NetworkId
  readonly asset: string
  readonly payer: string
  readonly payTo: string
  readonly amountAtomic: bigint
  /** Names the authorization in public. EVM: the nonce. Solana: SHA-256 of the message, base58. */
  readonly reference: string
  /** Unix seconds. For Solana an estimate: `expiry` decides. */
  readonly expiresAtSeconds: number
  /**
   * When the chain itself rules the authorization out, in the chain's own measure.
   * EVM: `validBefore` in seconds. Solana: the blockhash's last valid block height.
   */
  readonly expiry: bigint
  /** The scheme's wire payload. Secret until settled. */
  readonly payload: JsonObject
}

/** A payment that has passed every check of its chain and waits for the budget before it is signed. */
export interface PreparedPayment {
  readonly payer: string
  /** Unix seconds. */
  readonly expiresAtSeconds: number
  /**
   * Uses the key.
   *
   * @throws {BursarError} `signer/failed`
   */
  sign(): Promise<SignedPayment>
  /** The same without a wait, where a key is at hand and what signs with it is loaded. */
  readonly signSync?: (() => SignedPayment) | undefined
}

/** What the chain says of an authorization. */
export type SettlementStatus =
  | { readonly status: 'settled'; readonly transaction?: string }
  /** Proven: it did not settle and never can. */
  | { readonly status: 'dead' }
  /** It has not settled and still can. */
  | { readonly status: 'open' }

/** Pays offers of one family of chains. Implemented by `@bursar/evm` and `@bursar/solana`. */
export interface Payer {
  readonly family: NetworkFamily
  /** Tells why an offer of this family cannot be paid, before anything is read or signed. */
  rejectionReason(offer: Offer, dialect: Dialect): string | undefined
  /**
   * Checks the offer and readies everything short of the signature.
   *
   * @throws {BursarError} `offer/domain-mismatch`, `rpc/unavailable`
   */
  prepare(offer: Offer, terms: PaymentTerms): Promise<PreparedPayment>
  /**
   * Asks the chain what became of an authorization.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never an answer.
   */
  getSettlementStatus(payment: SignedPayment, signal?: AbortSignal): Promise<SettlementStatus>
}
