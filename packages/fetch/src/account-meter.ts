import {
  type AccountMeter,
  type ClockOptions,
  checkClock,
  checkFunction,
  checkLedger,
  checkOptions,
  type Ledger,
  type OptionChecks,
  type RandomOptions,
  systemClock,
  systemRandom
} from '@bursar/core'
import { assertWithinLimit } from './assert-within-limit.js'
import { readLabels } from './flow/call-options.js'
import { newPurchaseId } from './flow/purchase-id.js'
import { loadMeteredCalls } from './load-metered-calls.js'
import { policyReader } from './policy/policy.js'
import { type PolicyOptions, policyChecks } from './policy/policy-options.js'

/** What an account meter is made from: the same limits and the same ledger as the payments'. */
export interface AccountMeterOptions extends PolicyOptions, ClockOptions, RandomOptions {
  /** Keeps the record and the budgets. @example { ledger: memoryLedger() } */
  readonly ledger: Ledger
}

const accountMeterChecks: OptionChecks<AccountMeterOptions> = {
  ...policyChecks,
  ledger: checkLedger,
  clock: checkClock,
  random: checkFunction
}

/**
 * Builds the meter that enters calls which an account is billed for in the ledger, under the limits.
 *
 * @example
 * ```ts
 * const meter = createAccountMeter({ ledger: sqliteLedger(), limits: { payment: '0.25' } })
 * ```
 * @throws {TypeError} when an option is unknown or malformed, or `limits.payment` is missing.
 */
export function createAccountMeter(options: AccountMeterOptions): AccountMeter {
  checkOptions(options, accountMeterChecks)
  return openAccountMeter(options)
}

/** As {@link createAccountMeter}, from options that were already checked and may have more fields. */
export function openAccountMeter(options: AccountMeterOptions): AccountMeter {
  const { ledger, clock = systemClock, random = systemRandom } = options
  const readPolicy = policyReader(options)
  const context = {
    get policy() {
      return readPolicy()
    },
    ledger,
    clock,
    random
  }
  return {
    assertWithinLimit: (call) => assertWithinLimit(context.policy, call),
    async open(call, { signal } = {}) {
      const labels = readLabels(call)
      assertWithinLimit(context.policy, call)
      const { openAccountCall } = await loadMeteredCalls()
      return openAccountCall(context, { ...call, labels }, { id: newPurchaseId(context), signal })
    },
    correct: async (job, cost) => (await loadMeteredCalls()).correctJob(ledger, job, cost)
  }
}
