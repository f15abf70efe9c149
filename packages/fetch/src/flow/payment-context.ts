import type { Clock, Ledger, Purchase, RandomBytes } from '@bursar/core'
import type { EventHub } from '../events.js'
import type { FindPayer } from '../payers.js'
import type { Platform } from '../platform.js'
import type { Policy } from '../policy/policy.js'
import type { Settings } from '../settings.js'
import type { InFlight } from './call-options.js'
import type { ChallengeReader } from './challenge-reader.js'
import type { EqualCalls } from './equal-calls.js'
import type { VerifyReceipt } from './verify-receipt.js'

/** Learns from the chain, in the background, what became of payments whose server did not say. */
export interface BackgroundWatch {
  /** Asks about a purchase soon, and again until the chain knows. */
  add(purchase: Purchase): void
  /** Asks once about purchases whose authorizations are over. */
  addExpired(purchases: readonly Purchase[]): void
  stop(): void
}

/** Everything that a call needs and that outlives it. */
export interface PaymentContext {
  readonly payerOf: FindPayer
  /** Whose payments may be resumed: the addresses of the payers. */
  readonly payerAddresses: () => Promise<readonly string[]>
  readonly ledger: Ledger
  readonly challenges: ChallengeReader
  readonly policy: Policy
  readonly clock: Clock
  readonly random: RandomBytes
  readonly sha256: Platform['sha256']
  readonly emit: EventHub['emit']
  readonly settings: Settings
  /** What equal calls in flight are to each other where a call does not say. */
  readonly inFlight: InFlight
  readonly equalCalls: EqualCalls
  readonly watch: BackgroundWatch
  readonly verifyReceipt: VerifyReceipt | undefined
}
