import { type Offer, paidWith, type ReservationTerms } from '@bursar/core'
import { hostsOf, type PricedCall } from './call.js'
import { givenLabels } from './call-options.js'
import type { PaymentContext } from './payment-context.js'

/** The terms that the guards of the ledger check. */
export function buildTerms({ policy }: PaymentContext, call: PricedCall, offer: Offer): ReservationTerms {
  const { options, challenge } = call
  const { origin, pathname } = call.request.url
  const { origin: requestedOrigin, pathname: requestedPath } = call.original.url
  const labels = givenLabels(options.labels)
  return {
    name: options.purchase,
    origin,
    requestedOrigin: requestedOrigin === origin ? undefined : requestedOrigin,
    path: pathname,
    requestedPath: requestedPath === pathname ? undefined : requestedPath,
    offer: {
      dialect: challenge.dialect.name,
      network: offer.network.id,
      asset: offer.asset.address,
      payTo: offer.payTo,
      amountAtomic: offer.amountAtomic,
      cost: offer.cost,
      ...paidWith(offer)
    },
    guards: {
      budgets: policy.limits.budgets(hostsOf(call), labels),
      topUpRoom: options.topUpRoom,
      pinsPayee: policy.pinsPayees,
      // With a `confirm`, the user decides about the price instead.
      maxPriceIncrease: policy.confirm ? undefined : policy.maxPriceIncrease
    },
    labels
  }
}
