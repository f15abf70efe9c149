import type { AtomicUsdc } from '../amount/atomic.js'
import type { Offer } from '../challenge/offer.js'
import type { Dialect } from '../dialect/dialect.js'
import type { Asset, NetworkFamily, NetworkId } from '../network/network.js'
import type { JsonObject } from '../wire/json.js'

/** What a payer is given about the payment beyond the offer. */
export interface PaymentTerms {
  readonly dialect: Dialect
  /** The longest life of an authorization, whatever the server asks. */
  readonly maxValiditySeconds: number
  /** What the server declares beside its offers, by name. */
  readonly extensions?: JsonObject | undefined
  /** The payment that this one replaces, which the chain has proven dead. */
  readonly replaces?: SignedPayment | undefined
  /**
   * How long the account took to sign when it was asked before, in seconds: the authorization must live that much longer
   * than the server asks, within {@link maxValiditySeconds}.
   */
  readonly signingSeconds?: number | undefined
  /**
   * How far the server's clock is ahead of this machine's, in seconds; negative: behind it. Given where they differ by more
   * than an answer takes. It is the server's word alone.
   */
  readonly serverAheadSeconds?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A signed authorization. Anyone who holds `payload` can settle it, once, until it expires. */
export interface SignedPayment {
  readonly network: NetworkId
  readonly asset: string
  readonly payer: string
  readonly payTo: string
  readonly amountAtomic: bigint
  /** The public name of the authorization. EVM: the nonce. Solana: SHA-256 of the message, base58. */
  readonly reference: string
  /** Unix seconds. For Solana an estimate: `expiry` decides. */
  readonly expiresAtSeconds: number
  /**
   * When the chain itself rejects the authorization, in the chain's own unit. EVM: `validBefore` in seconds. Solana:
   * the blockhash's last valid block height.
   */
  readonly expiry: bigint
  /** The scheme's wire payload. Secret until settled. */
  readonly payload: JsonObject
  /** What it adds to the extensions that the server declares, by name. Secret until settled. */
  readonly extensions?: JsonObject | undefined
}

/** A payment that has passed every check of its chain and waits for the budget before it is signed. */
export interface PreparedPayment {
  readonly payer: string
  /** Unix seconds. */
  readonly expiresAtSeconds: number
  /**
   * Set where a signature of its own lets Permit2 take the tokens. Such signatures are counted, so that of one token only
   * one may be open at a time.
   */
  readonly isSponsored?: true
  /**
   * Uses the key.
   *
   * @param signal aborts once nobody waits for it. A wallet that has not asked its user by then does not.
   * @throws {BursarError} `signer/failed`
   */
  sign(signal?: AbortSignal): Promise<SignedPayment>
  /** Signs synchronously, if a key is available and its backend is loaded. */
  readonly signSync?: (() => SignedPayment) | undefined
}

/** What the chain says of an authorization. */
export type SettlementStatus =
  | {
      readonly status: 'settled'
      /** EVM: the transaction's hash. Solana: its first signature. Absent when the chain no longer has it. */
      readonly transaction?: string
      /** What was taken, where the chain shows it. Atomic units. */
      readonly amountAtomic?: bigint
      /** Unix seconds, by the chain's clock, of the block that settled it. Absent when the chain does not say. */
      readonly settledAtSeconds?: number
    }
  /** Proven: it did not settle and never can. */
  | { readonly status: 'dead' }
  /** It has not settled and still can. */
  | { readonly status: 'open' }

/** Reads the settlement status of signed payments. */
export interface SettlementReader {
  /**
   * Reads the settlement status of one authorization.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never an answer.
   * @throws {TypeError} when the payment is none that this payer makes.
   * @throws the signal's reason, once it is aborted.
   */
  getSettlementStatus(payment: SignedPayment, signal?: AbortSignal): Promise<SettlementStatus>
  /**
   * Reads the settlement status of many authorizations of one network with few calls. Absent: they are read one by one.
   *
   * @returns one entry for each payment, in the same order; `undefined` where the chain did not say.
   * @throws as {@link getSettlementStatus}
   */
  getSettlementStatuses?(
    network: NetworkId,
    payments: readonly SignedPayment[],
    signal?: AbortSignal
  ): Promise<readonly (SettlementStatus | undefined)[]>
}

/** Reads what an account holds. */
export interface BalanceReader {
  /**
   * USDC: `1_000_000n = 1 USDC`.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never zero.
   */
  readUsdc(network: NetworkId, signal?: AbortSignal): Promise<AtomicUsdc>
  /**
   * Any token, in its smallest unit. Absent: whether an account holds enough is not looked at before it pays.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never zero.
   */
  readToken?(asset: Asset, signal?: AbortSignal): Promise<bigint>
  /**
   * The coin that pays for transactions, in its smallest unit. EVM: wei. Solana: lamports.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never zero.
   */
  readGas(network: NetworkId, signal?: AbortSignal): Promise<bigint>
}

/** Pays offers of one family of chains. Implemented by `@bursar/evm` and `@bursar/solana`. */
export interface Payer extends SettlementReader {
  readonly family: NetworkFamily
  /** The account that pays. EVM: with its checksum. Solana: base58. */
  address(): Promise<string>
  /**
   * Says why an offer of this family cannot be paid, before anything is signed. The chain is read only where a payment of
   * the kind could otherwise be refused for certain, such as through Permit2.
   *
   * @param extensions what the server declares beside its offers.
   */
  rejectionReason(
    offer: Offer,
    dialect: Dialect,
    extensions?: JsonObject | undefined
  ): Promise<string | undefined>
  /**
   * Checks the offer and prepares everything except the signature.
   *
   * @throws {BursarError} `offer/none-usable`, `offer/domain-mismatch`, `offer/recipient-account-missing`,
   * `rpc/unavailable`
   */
  prepare(offer: Offer, terms: PaymentTerms): Promise<PreparedPayment>
  /**
   * Whether a server's reason for not taking a payment says that it came too late for its chain. Then it may be dead within
   * seconds, and is signed again once the chain proves that it is. Absent: no reason says so.
   */
  saysTooLate?(reason: string): boolean
  /** What the account holds. Absent where this payer cannot read it. */
  readonly balances?: BalanceReader
}
