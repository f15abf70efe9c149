import {
  ACCOUNT,
  type AccountCall,
  type AccountReservation,
  BursarError,
  formatUsdc,
  type OpenAccountCall
} from '@bursar/core'
import type { MeterContext } from './meter-context.js'
import { meteredCall } from './metered-call.js'
import type { Policy } from './policy/policy.js'

/**
 * Reserves the most that an account can be charged for a call, whose labels and limit were checked.
 *
 * @param id of the purchase that it becomes.
 * @throws {BursarError} as {@link AccountMeter.open}
 */
export async function openAccountCall(
  { policy, ledger }: MeterContext,
  call: AccountCall,
  id: string
): Promise<OpenAccountCall> {
  await confirm(policy, call)
  await ledger.reserve(buildReservation(policy, call, id))
  return meteredCall(ledger, call, id)
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
  const { method, maxCost, labels } = call
  const { origin, pathname: path, host } = call.url
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
