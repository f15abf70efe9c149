import {
  type Clock,
  checkFunction,
  checkObject,
  type Ledger,
  listOf,
  type OptionChecks,
  optionsOf,
  type RandomBytes,
  type RegistryAdditions,
  registryChecks
} from '@bursar/core'
import { checkInFlight, type InFlight } from './flow/call-options.js'
import type { VerifyReceipt } from './flow/verify-receipt.js'
import type { PayerSource } from './payers.js'
import { type PolicyOptions, policyChecks } from './policy/policy-options.js'
import { type TimingOptions, timingChecks } from './settings.js'
import type { FetchLike } from './transport/fetch-transport.js'

/** What a paying fetch is made from. */
export interface PayingFetchOptions extends PolicyOptions, TimingOptions {
  /**
   * One for each family of chains.
   *
   * @example { payers: [evmPayer({ account })] }
   */
  readonly payers: readonly PayerSource[]
  /**
   * Keeps the record and the budgets.
   *
   * @example { ledger: memoryLedger() }
   */
  readonly ledger: Ledger
  /**
   * What equal calls that are in flight together are to each other: `'separate'` purchases, as with any fetch (ten samples
   * of one prompt are ten calls), or, with `'join'`, one purchase whose end they share, for callers that repeat calls
   * without aborting them. Default: `'separate'`.
   *
   * @example { inFlight: 'join' }
   */
  readonly inFlight?: InFlight | undefined
  /** Networks and assets beyond Circle's USDC. Default: none. */
  readonly known?: RegistryAdditions | undefined
  /** Holds every receipt against the chain before its answer is handed over. Default: the server is believed. */
  readonly verifyReceipt?: VerifyReceipt | undefined
  /** Sends the requests. Default: undici in Node, the platform's fetch elsewhere. */
  readonly fetch?: FetchLike | undefined
  /** Tells the time and waits. Default: the machine's clock. */
  readonly clock?: Clock | undefined
  /** Makes nonces and ids. Default: the platform's cryptographic randomness. */
  readonly random?: RandomBytes | undefined
}

/** The options of {@link PayingFetchOptions}, for those that have more. */
export const payingFetchChecks: OptionChecks<PayingFetchOptions> = {
  ...policyChecks,
  ...timingChecks,
  payers: listOf(checkObject),
  ledger: checkObject,
  inFlight: checkInFlight,
  known: optionsOf(registryChecks),
  verifyReceipt: checkFunction,
  fetch: checkFunction,
  clock: checkObject,
  random: checkFunction
}
