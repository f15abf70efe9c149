import {
  type AccountCall,
  type AccountMeter,
  type BalanceReservation,
  balanceNetwork,
  type Clock,
  type Ledger,
  type NetworkId,
  type RandomBytes
} from '@bursar/core'
import { assertHostAllowed } from './assert-host-allowed.js'
import { checkLabels, givenLabels } from './flow/call-options.js'
import { newPurchaseId } from './flow/purchase-id.js'
import { correctJob, meteredCall } from './metered-call.js'
import type { Policy } from './policy/policy.js'

/** What a balance meter is made from. */
export interface BalanceMeterContext {
  readonly policy: Policy
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: RandomBytes
}

/**
 * Builds the meter that enters calls which a prepaid balance pays for in the ledger. What was put on the balance was held to
 * every limit when it was paid; a call is held to those of its labels, at the most that it can cost.
 *
 * @param network from which the balance was topped up.
 */
export function openBalanceMeter(
  { policy, ledger, clock, random }: BalanceMeterContext,
  network: NetworkId
): AccountMeter {
  return {
    assertWithinLimit: ({ url }) => assertHostAllowed(policy, url, 'sent'),
    async open(call) {
      checkLabels(call.labels, 'labels')
      assertHostAllowed(policy, call.url, 'sent')
      const id = newPurchaseId({ clock, random })
      await ledger.reserve(buildReservation(policy, call, { id, network }))
      return meteredCall(ledger, call, id)
    },
    correct: (job, cost) => correctJob(ledger, job, cost)
  }
}

function buildReservation(
  policy: Policy,
  { method, url, maxCost, labels: given }: AccountCall,
  { id, network }: { readonly id: string; readonly network: NetworkId }
): BalanceReservation {
  const labels = givenLabels(given)
  const budgets = policy.limits.budgets([], labels).filter(({ label }) => label !== undefined)
  return {
    kind: 'balance',
    id,
    // Unique, so that the call is never resumed: nothing is signed that could be sent again.
    fingerprint: id,
    method,
    origin: url.origin,
    path: url.pathname,
    offer: {
      dialect: 'balance',
      network: balanceNetwork(network),
      asset: 'USDC',
      payTo: url.host,
      amountAtomic: maxCost,
      cost: maxCost
    },
    guards: { budgets },
    labels
  }
}
