import {
  type ClockOptions,
  checkClock,
  checkFunction,
  checkLedger,
  checkObject,
  checkRates,
  type Ledger,
  listOf,
  type OptionChecks,
  optionsOf,
  type RandomOptions,
  type RateOptions,
  type RegistryOptions,
  registryChecks
} from '@bursar/core'
import { checkInFlight, type InFlight } from './flow/call-options.js'
import type { VerifyReceipt } from './flow/verify-receipt.js'
import type { PayerSource } from './payers.js'
import { type PolicyOptions, policyChecks } from './policy/policy-options.js'
import { type TimingOptions, timingChecks } from './settings.js'
import type { FetchLike } from './transport/fetch-transport.js'

/** What a paying fetch is made from. */
export interface PayingFetchOptions
  extends PolicyOptions,
    TimingOptions,
    ClockOptions,
    RandomOptions,
    RegistryOptions,
    RateOptions {
  /**
   * The payers, one for each family of chains.
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
   * Whether equal calls that are in flight together are `'separate'` purchases, as with any fetch (ten samples of one
   * prompt are ten calls), or, with `'join'`, one purchase whose end they share. Join suits callers that repeat calls
   * without aborting them. Default: `'separate'`.
   *
   * @example { inFlight: 'join' }
   */
  readonly inFlight?: InFlight | undefined
  /**
   * Compares every receipt with the chain before the answer is handed over. Default: the server is believed.
   *
   * @example { verifyReceipt: async (purchase, transaction) => confirm(purchase, transaction) }
   */
  readonly verifyReceipt?: VerifyReceipt | undefined
  /**
   * Sends the requests. Default: undici in Node, the platform's fetch elsewhere.
   *
   * @example { fetch: globalThis.fetch }
   */
  readonly fetch?: FetchLike | undefined
}

/** The options of {@link PayingFetchOptions}, for those that have more. */
export const payingFetchChecks: OptionChecks<PayingFetchOptions> = {
  ...policyChecks,
  ...timingChecks,
  payers: listOf(checkObject),
  ledger: checkLedger,
  inFlight: checkInFlight,
  known: optionsOf(registryChecks),
  rates: checkRates,
  verifyReceipt: checkFunction,
  fetch: checkFunction,
  clock: checkClock,
  random: checkFunction
}
