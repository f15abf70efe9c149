import {
  ACCOUNT,
  type AccountCall,
  type AccountMeter,
  type AccountReservation,
  atomicUsdc,
  BursarError,
  type ClockOptions,
  checkClock,
  checkFunction,
  checkLedger,
  checkOptions,
  formatUsdc,
  type Ledger,
  type OptionChecks,
  overLimitError,
  type RandomOptions,
  systemClock,
  systemRandom
} from '@bursar/core'
import { assertHostAllowed } from './assert-host-allowed.js'
import { checkLabels, givenLabels } from './flow/call-options.js'
import { newPurchaseId } from './flow/purchase-id.js'
import { correctJob, meteredCall } from './metered-call.js'
import { type Policy, parsePolicy } from './policy/policy.js'
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
 * @throws {TypeError} when an option is unknown or malformed, or `limits.payment` is missing.
 */
export function createAccountMeter(options: AccountMeterOptions): AccountMeter {
  checkOptions(options, accountMeterChecks)
  return openAccountMeter(options)
}

/** As {@link createAccountMeter}, from options that were already checked and may have more fields. */
export function openAccountMeter(options: AccountMeterOptions): AccountMeter {
  const { ledger, clock = systemClock, random = systemRandom } = options
  const policy = parsePolicy(options)
  return {
    assertWithinLimit: (call) => assertWithinLimit(policy, call),
    async open(call) {
      checkLabels(call.labels, 'labels')
      assertWithinLimit(policy, call)
      await confirm(policy, call)
      const id = newPurchaseId({ clock, random })
      await ledger.reserve(buildReservation(policy, call, id))
      return meteredCall(ledger, call, id)
    },
    correct: (job, cost) => correctJob(ledger, job, cost)
  }
}

/** @throws {BursarError} `request/host-refused`, `offer/over-limit` */
function assertWithinLimit(policy: Policy, { url, maxCost }: AccountCall): void {
  assertHostAllowed(policy, url, 'sent')
  const cap = policy.limits.payment([url.host])
  if (maxCost > cap.limit) throw overLimitError({ budget: cap, used: atomicUsdc(0n) }, maxCost)
}

/** @throws {BursarError} `offer/declined` */
async function confirm(policy: Policy, { method, url, maxCost }: AccountCall): Promise<void> {
  const { host, pathname: path } = url
  const amount = formatUsdc(maxCost)
  const offer = { amount, network: ACCOUNT, payTo: host }
  const proposal = { ...offer, method, host, path, asset: 'USD' }
  if (policy.confirm === undefined || (await policy.confirm(proposal)) === true) return
  throw new BursarError('offer/declined', {
    message: `confirm declined that ${host} bills its account up to ${amount} USD. Nothing was sent.`,
    context: offer,
    moneyState: 'none'
  })
}

function buildReservation(policy: Policy, call: AccountCall, id: string): AccountReservation {
  const { method, maxCost } = call
  const { origin, pathname: path, host } = call.url
  const labels = givenLabels(call.labels)
  return {
    kind: 'account',
    id,
    // Unique, so that the call is never resumed: nothing is signed that could be sent again.
    fingerprint: id,
    method,
    origin,
    path,
    offer: {
      dialect: 'account',
      network: ACCOUNT,
      asset: 'USD',
      payTo: host,
      amountAtomic: maxCost,
      cost: maxCost
    },
    guards: { budgets: policy.limits.budgets([host], labels) },
    labels
  }
}
