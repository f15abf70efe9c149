import {
  type AccountCall,
  type BalanceReservation,
  balanceNetwork,
  knownNetworks,
  type NetworkId,
  type OpenAccountCall
} from '@bursar/core'
import type { MeterContext } from './meter-context.js'
import { meteredCall } from './metered-call.js'
import type { Policy } from './policy/policy.js'

/**
 * Reserves the most that a balance can be charged for a call, whose labels were checked, in the budgets of its labels.
 *
 * @param of `id`: of the purchase that it becomes; `network`: from which the balance was topped up.
 * @throws {BursarError} as {@link AccountMeter.open}
 */
export async function openBalanceCall(
  { policy, ledger }: MeterContext,
  call: AccountCall,
  of: { readonly id: string; readonly network: NetworkId }
): Promise<OpenAccountCall> {
  await ledger.reserve(buildReservation(policy, call, of))
  return meteredCall(ledger, call, of.id)
}

function buildReservation(
  policy: Policy,
  { method, url, maxCost, labels }: AccountCall,
  { id, network }: { readonly id: string; readonly network: NetworkId }
): BalanceReservation {
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
      cost: maxCost,
      isTest: isTestNetwork(network)
    },
    guards: { budgets },
    labels
  }
}

/** What was put on the balance is worth nothing where the money of its network is. */
function isTestNetwork(network: NetworkId): true | undefined {
  return knownNetworks.some(({ id, isTest }) => id === network && isTest) || undefined
}
