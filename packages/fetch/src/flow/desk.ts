import type { Clock, Ledger, NetworkId, Offer, Purchase, RandomBytes, Registry } from '@bursar/core'
import type { EventHub } from '../events.js'
import type { FindPayer } from '../payers.js'
import type { Platform } from '../platform.js'
import type { Policy } from '../policy/policy.js'
import type { CapturedRequest } from '../request/captured-request.js'
import type { Transport } from '../transport/transport.js'

/** Times and counts, all in milliseconds unless named otherwise. */
export interface Settings {
  readonly beforePaymentMs: number
  readonly afterPaymentMs: number
  readonly replacementMs: number
  readonly maxResends: number
  readonly resendBackoffMs: number
  readonly resumeWindowMs: number
  readonly maxValiditySeconds: number
  readonly maxStreamBytes: number
}

/**
 * Holds a receipt against the chain.
 *
 * @param transaction as the server names it.
 * @returns what the chain says instead, in words; nothing when it agrees.
 * @throws {BursarError} `rpc/unavailable`
 */
export type VerifyReceipt = (
  purchase: Purchase,
  transaction: string | undefined
) => Promise<string | undefined>

/** Everything that a call needs and that outlives it. */
export interface Desk {
  readonly payerOf: FindPayer
  readonly ledger: Ledger
  readonly registry: Registry
  readonly policy: Policy
  readonly clock: Clock
  readonly random: RandomBytes
  readonly sha256: Platform['sha256']
  readonly emit: EventHub['emit']
  readonly settings: Settings
  readonly verify: VerifyReceipt | undefined
  /** Purchases whose calls have ended and that the ledger may still have as open: it is at it, or has failed. */
  readonly unended: Set<string>
}

/** What the caller says of one call. */
export interface CallOptions {
  /**
   * The caller's name for what is bought, such as `invoice-42`: whatever happens, also across restarts, it is bought
   * once. The same name with another method, URL or body is an error.
   */
  readonly purchase?: string
  /** Pays anew even when an equal call has just ended with its payment unresolved. */
  readonly again?: boolean
  /**
   * Whose call it is, where several share a ledger and must not take up each other's payments: an equal call of another
   * tenant is another call.
   */
  readonly tenant?: string
  /** Kept with the purchase in the ledger. */
  readonly labels?: Readonly<Record<string, string>>
  /** Networks in the order of preference, for this call. Default: the bursar's `prefer`. */
  readonly prefer?: readonly NetworkId[]
  /** Looks at each offer before it is considered, and tells why it is not to be paid. */
  readonly rejectionReason?: (offer: Offer) => string | undefined
}

/** One call on its way. */
export interface Call {
  /** What is sent; after a redirect, where it led. */
  readonly request: CapturedRequest
  readonly options: CallOptions
  readonly transport: Transport
}
