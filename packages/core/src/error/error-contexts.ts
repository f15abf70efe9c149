import type { NetworkId } from '../network/network.js'

/** An offer that is not paid, and why. */
export interface OfferRejection {
  readonly scheme?: string
  readonly network?: string
  /** Decimal, in the asset's own unit. Absent where the asset is not known. */
  readonly amount?: string
  /** Of the asset, such as `USDC`. */
  readonly symbol?: string
  readonly payTo?: string
  readonly reason: string
}

/** The context of every error after signing, by which the payment can be found and recovered. */
export interface PaymentErrorContext {
  /** The ledger's name for the purchase. */
  readonly purchase: string
  readonly network: NetworkId
  readonly payer: string
  readonly payTo: string
  /** Decimal, in the asset's own unit, such as `0.013938`. */
  readonly amount: string
  /** Of the asset, such as `USDC`. */
  readonly symbol: string
  /** EVM: the EIP-3009 nonce. Solana: SHA-256 of the message, base58. */
  readonly reference: string
  /** Unix seconds after which the authorization can no longer settle, as far as is known. */
  readonly expiresAtSeconds: number
  /** HTTP status of the last answer, when there was one. */
  readonly status?: number | undefined
  /** What the server gave as reason, cut to one short line. */
  readonly reason?: string | undefined
  /** Hash or signature of the settling transaction, when known. */
  readonly transaction?: string | undefined
}

/** One thing that a request to a generation service breaks. */
export interface RequestViolation {
  /** Which item of a batch, from 0. */
  readonly item?: number
  /** As in the request: `aspectRatio`, `images[2]`. */
  readonly field: string
  /** The rule's name. */
  readonly rule: string
  readonly message: string
  /** What would be allowed. */
  readonly allowed: string
}

/** The context of every error of a generation service. */
export interface ServiceErrorContext {
  /** Such as `katana`. */
  readonly service: string
  /** Such as `images.generate`. */
  readonly operation: string
  /** Where it was asked, when it did not answer. */
  readonly origin?: string
  /** HTTP status, when there was an answer. */
  readonly status?: number
  /** The service's own code for it, cut short. */
  readonly serviceCode?: string
  /** The service's own words, cut to one short line. */
  readonly reason?: string
  readonly retryAfterSeconds?: number
  /** Of the job that was asked about. */
  readonly requestId?: string
}

/** One item of a job that made nothing, in the service's words, cut short. */
export interface ItemFailure {
  readonly item: number
  readonly status: string
  readonly serviceCode?: string
  readonly reason?: string
  readonly retryable?: boolean
}

/** The context of every error of a download. */
export interface AssetErrorContext {
  readonly requestId: string
  /** Which item of the job, from 0, and which of its assets. */
  readonly item: number
  readonly asset: number
  readonly host: string
  readonly reason: string
}
