import type { Clock, Ledger, Purchase, RandomBytes, SignInProofProvider } from '@bursar/core'
import type { OpenBalanceWatch } from '../balances/open-balance-watch.js'
import type { EventHub } from '../events.js'
import type { FindPayer } from '../payers.js'
import type { Platform } from '../platform.js'
import type { Policy } from '../policy/policy.js'
import type { Settings } from '../settings.js'
import type { InFlight, OfferUse } from './call-options.js'
import type { ChallengeReader } from './challenge-reader.js'
import type { EqualCalls } from './equal-calls.js'
import type { KnownBalance } from './known-balance.js'
import type { PriceMemory } from './place-memory.js'
import type { SignIn } from './sign-in-option.js'
import type { VerifyReceipt } from './verify-receipt.js'

/** Learns the outcomes of payments from the chain, in the background, where the server did not report them. */
export interface BackgroundWatch {
  /** Asks the chain about a purchase soon, and again until the outcome is known. */
  add(purchase: Purchase): void
  /** Asks the chain once about purchases whose authorizations have expired. */
  addExpired(purchases: readonly Purchase[]): void
  stop(): void
}

/** What all calls of one bursar share. */
export interface PaymentContext {
  readonly payerOf: FindPayer
  /** The addresses of the payers, whose payments may be resumed. */
  readonly payerAddresses: () => Promise<readonly string[]>
  readonly ledger: Ledger
  readonly challenges: ChallengeReader
  /** What holds now. Another object than before where the user's `currentPolicy` changed it. */
  readonly policy: Policy
  readonly clock: Clock
  readonly random: RandomBytes
  readonly sha256: Platform['sha256']
  readonly emit: EventHub['emit']
  readonly isObserved: EventHub['isObserved']
  readonly settings: Settings
  /** The default relation of equal calls in flight. */
  readonly inFlight: InFlight
  readonly equalCalls: EqualCalls
  /** The default of whether prices are asked for or remembered. */
  readonly offers: OfferUse
  readonly prices: PriceMemory
  /** Accounts and tokens of payments that are being reserved and whose gas the server pays. */
  readonly sponsored: Set<string>
  /** The default of when to sign in, and who does. */
  readonly signIn: SignIn
  readonly proofs: SignInProofProvider | undefined
  readonly watch: BackgroundWatch
  /** What accounts held when somebody looked, by network and asset. */
  readonly funds: Map<string, KnownBalance>
  /** Notices balances that fall too low, where the user named an amount. */
  readonly balances: OpenBalanceWatch | undefined
  /** Whether it is looked before every payment if the account holds enough. */
  readonly looksAlways: boolean
  readonly verifyReceipt: VerifyReceipt | undefined
}
