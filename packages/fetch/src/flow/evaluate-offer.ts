import {
  amountWords,
  BursarError,
  formatUsdc,
  type Offer,
  type OfferRejection,
  ownAmountOf,
  type Payer,
  paidWith,
  reservationError
} from '@bursar/core'
import { hostsOf, type PricedCall } from './call.js'
import type { PaymentContext } from './payment-context.js'
import { buildTerms } from './reservation-terms.js'

/** An offer that passes every check, and who pays it. */
export interface Choice {
  readonly offer: Offer
  readonly payer: Payer
}

/** Checks one offer: returns who pays it, or why it is not paid. */
export async function evaluateOffer(
  context: PaymentContext,
  call: PricedCall,
  offer: Offer
): Promise<Choice | OfferRejection | BursarError> {
  const { policy } = context
  const { options, challenge } = call
  const { host } = call.request.url
  const payer = await context.payerOf(offer.network.family)
  const reason = payer
    ? (options.rejectionReason?.(offer) ??
      policy.rejectionReason(offer) ??
      (await payer.rejectionReason(offer, challenge.dialect, challenge.extensions)))
    : `no ${offer.network.family} account is configured`
  if (!payer || reason !== undefined) return rejectionOf(offer, reason ?? '')
  if (!policy.allowsPayee(offer.payTo)) return payeeError(host, offer)
  const moved = policy.pinsPayees ? await movedPayeeError(context, call, offer) : undefined
  if (moved) return moved
  const cap = policy.limits.payment(hostsOf(call))
  return offer.cost > cap.limit ? paymentLimitError(host, offer, cap) : { offer, payer }
}

function rejectionOf(offer: Offer, reason: string): OfferRejection {
  const { scheme, network, payTo } = offer
  return { scheme, network: network.id, ...ownAmountOf({ ...offer, ...paidWith(offer) }), payTo, reason }
}

/**
 * Rejects a payee that differs from the one in the ledger, so that the next offer is tried. The reservation checks
 * again.
 */
async function movedPayeeError(
  context: PaymentContext,
  call: PricedCall,
  offer: Offer
): Promise<BursarError | undefined> {
  const terms = buildTerms(context, call, offer)
  const rejection = await context.ledger.evaluate({ ...terms, guards: { budgets: [], pinsPayee: true } })
  return rejection?.kind === 'payee-moved' ? reservationError(rejection) : undefined
}

function payeeError(host: string, { payTo, network }: Offer): BursarError {
  return new BursarError('offer/payee-refused', {
    message: `${host} asks to be paid at ${payTo}, which is not in allow.payees. Nothing was signed.`,
    context: { payTo, host, network: network.id },
    moneyState: 'none'
  })
}

function paymentLimitError(
  host: string,
  offer: Offer,
  { name, limit }: { readonly name: string; readonly limit: Offer['cost'] }
): BursarError {
  const [requested, allowed] = [formatUsdc(offer.cost), formatUsdc(limit)]
  const words = amountWords({ ...offer, ...paidWith(offer) })
  return new BursarError('offer/over-limit', {
    message: `${host} asks ${words}, above the limit "${name}" of ${allowed} USD. Nothing was signed.`,
    context: { limit: name, allowed, requested, used: '0' },
    moneyState: 'none'
  })
}
