import type { AccountMeter, NetworkId } from '@bursar/core'
import { assertHostAllowed } from './assert-host-allowed.js'
import { readLabels } from './flow/call-options.js'
import { newPurchaseId } from './flow/purchase-id.js'
import { loadMeteredCalls } from './load-metered-calls.js'
import type { MeterContext } from './meter-context.js'

/**
 * Builds the meter that enters calls which a prepaid balance pays for in the ledger. What was put on the balance was held to
 * every limit when it was paid; a call is held to those of its labels, at the most that it can cost.
 *
 * @param network from which the balance was topped up.
 */
export function openBalanceMeter(context: MeterContext, network: NetworkId): AccountMeter {
  const { ledger } = context
  return {
    assertWithinLimit: ({ url }) => assertHostAllowed(context.policy, url, 'sent'),
    async open(call) {
      const labels = readLabels(call)
      assertHostAllowed(context.policy, call.url, 'sent')
      const { openBalanceCall } = await loadMeteredCalls()
      return openBalanceCall(context, { ...call, labels }, { id: newPurchaseId(context), network })
    },
    correct: async (job, cost) => (await loadMeteredCalls()).correctJob(ledger, job, cost)
  }
}
