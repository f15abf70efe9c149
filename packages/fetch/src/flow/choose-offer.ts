import { abortable, BursarError, type Offer, type OfferRejection } from '@bursar/core'
import type { ChallengedCall, PricedCall } from './call.js'
import { type Choice, evaluateOffer } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Chooses the first offer, by the user's preference, else in the server's order, that passes every check. Each check
 * sees the same offer object that is then paid.
 *
 * @throws {BursarError} `offer/over-limit`, `offer/payee-refused`, `offer/none-usable`
 */
export async function chooseOffer(context: PaymentContext, call: ChallengedCall): Promise<Choice> {
  const { challenge } = call
  const rejectedOffers: OfferRejection[] = []
  let rejection: BursarError | undefined
  for (const offer of orderOffers(context, call)) {
    const evaluated = await abortable(evaluateOffer(context, call, offer), call.request.signal)
    if ('payer' in evaluated) return evaluated
    if ('moneyState' in evaluated) rejection ??= evaluated
    else rejectedOffers.push(evaluated)
  }
  throw rejection ?? noUsableOfferError([...rejectedOffers, ...challenge.rejectedOffers])
}

/**
 * The offers by the user's preference, else in the server's order. Those that charge before the answer come after all
 * others.
 */
export function orderOffers(
  { policy }: PaymentContext,
  { challenge, options }: Pick<PricedCall, 'challenge' | 'options'>
): readonly Offer[] {
  const offers = policy.order(challenge.offers, options.prefer)
  const chargeFirst = offers.filter(({ chargesFirst }) => chargesFirst)
  if (chargeFirst.length === 0) return offers
  return [...offers.filter(({ chargesFirst }) => !chargesFirst), ...chargeFirst]
}

/** A server chooses how many offers it makes. */
const MAX_NAMED = 16

/** No offer passes; each with its reason. */
export function noUsableOfferError(offers: readonly OfferRejection[]): BursarError<'offer/none-usable'> {
  const reasons = [
    ...new Set(offers.map(({ network, reason }) => (network ? `${network}: ${reason}` : reason)))
  ]
  const named = reasons.slice(0, MAX_NAMED)
  if (reasons.length > MAX_NAMED) named.push(`and ${reasons.length - MAX_NAMED} more`)
  return new BursarError('offer/none-usable', {
    message: `None of the server's offers can be paid: ${named.join('; ') || 'it made none'}. Nothing was signed.`,
    context: { offers },
    moneyState: 'none'
  })
}
