import type { Reservation } from '@bursar/core'
import { type ChallengedCall, givenLabels, hostsOf } from './call.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'
import { newPurchaseId } from './purchase-id.js'

/** What the ledger is told of a payment before it is made. */
export function buildReservation(
  context: PaymentContext,
  call: ChallengedCall,
  { offer }: Choice
): Reservation {
  const { request, options, fingerprint, challenge } = call
  const { method, url } = request
  const { topUpRoom = [] } = options
  const labels = givenLabels(options.labels)
  return {
    id: newPurchaseId(context),
    name: options.purchase,
    fingerprint,
    method,
    origin: url.origin,
    path: url.pathname,
    offer: {
      dialect: challenge.dialect.name,
      network: offer.network.id,
      asset: offer.asset.address,
      payTo: offer.payTo,
      amountAtomic: offer.amountAtomic,
      cost: offer.cost
    },
    budgets: [...context.policy.limits.budgets(hostsOf(call), labels), ...topUpRoom],
    labels
  }
}
