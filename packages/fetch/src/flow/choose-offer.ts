import {
  BursarError,
  type Challenge,
  formatUsdc,
  type Offer,
  type OfferRejection,
  type Payer
} from '@bursar/core'
import type { Call, Desk } from './desk.js'
import { refuseMovedPayee } from './remembered.js'

/** An offer that passes every check, and who pays it. */
export interface Choice {
  readonly offer: Offer
  readonly payer: Payer
}

/**
 * Chooses the first offer, by the user's preference, else in the server's order, that passes every check.
 * Each check is made on the very offer that is then paid.
 *
 * @throws {BursarError} `offer/over-limit`, `offer/payee-refused`, `offer/none-usable`
 */
export async function chooseOffer(desk: Desk, call: Call, challenge: Challenge): Promise<Choice> {
  const rejections: OfferRejection[] = []
  let refusal: BursarError | undefined
  for (const offer of desk.policy.order(challenge.offers, call.options.prefer)) {
    const judged = await judgeOffer(desk, call, challenge, offer)
    if ('payer' in judged) return judged
    if ('moneyState' in judged) refusal ??= judged
    else rejections.push(judged)
  }
  throw refusal ?? noneUsable([...rejections, ...challenge.rejectedOffers])
}

/** Passes one offer, or tells why it is not paid. */
export async function judgeOffer(
  desk: Desk,
  { request, options }: Call,
  { dialect }: Challenge,
  offer: Offer
): Promise<Choice | OfferRejection | BursarError> {
  const { host } = request.url
  const reject = (reason: string): OfferRejection => ({
    scheme: offer.scheme,
    network: offer.network.id,
    reason
  })
  const payer = await desk.payerOf(offer.network.family)
  if (!payer) return reject(`no ${offer.network.family} account is configured`)
  const reason =
    options.rejectionReason?.(offer) ??
    desk.policy.rejectionReason(offer) ??
    payer.rejectionReason(offer, dialect)
  if (reason !== undefined) return reject(reason)
  const moved = await refuseMovedPayee(desk, host, offer)
  return refusePayee(desk, host, offer) ?? moved ?? refuseAmount(desk, host, offer) ?? { offer, payer }
}

function refusePayee(desk: Desk, host: string, { payTo, network }: Offer): BursarError | undefined {
  if (desk.policy.allowsPayee(payTo)) return undefined
  return new BursarError('offer/payee-refused', {
    message: `${host} asks to be paid at ${payTo}, which is not in allow.payees. Nothing was signed.`,
    context: { payTo, host, network: network.id },
    moneyState: 'none'
  })
}

function refuseAmount(desk: Desk, host: string, { cost }: Offer): BursarError | undefined {
  const { name, limit } = desk.policy.limits.payment(host)
  if (cost <= limit) return undefined
  const [requested, allowed] = [formatUsdc(cost), formatUsdc(limit)]
  return new BursarError('offer/over-limit', {
    message: `${host} asks ${requested} USDC, above the limit "${name}" of ${allowed}. Nothing was signed.`,
    context: { limit: name, allowed, requested, used: '0' },
    moneyState: 'none'
  })
}

/** No offer passes; each with its reason. */
export function noneUsable(offers: readonly OfferRejection[]): BursarError<'offer/none-usable'> {
  const reasons = offers
    .slice(0, 4)
    .map(({ network, reason }) => (network ? `${network}: ${reason}` : reason))
  return new BursarError('offer/none-usable', {
    message: `None of the server's offers can be paid: ${reasons.join('; ') || 'it made none'}. Nothing was signed.`,
    context: { offers },
    moneyState: 'none'
  })
}
