import type { CommandContext } from '../context.js'
import { networkName } from '../text/network-name.js'
import { type AskedPrice, askPrice, payableOf, priceText } from '../verbs/quote.js'
import { type Finding, failedFinding } from './finding.js'

/** What was found of an offer, and the offers one by one, for people. */
export interface OfferFinding {
  readonly finding: Finding
  readonly offers: string
}

/** Checks whether what a URL asks for would be paid: its token, its network, the limits, and what the account holds. */
export async function checkOffer(context: CommandContext, url: string): Promise<OfferFinding> {
  try {
    const asked = await askPrice(context, url, {})
    const offers = priceText(context, asked, { explain: true, isReasonKnown: true })
    return { finding: findingOf(asked), offers }
  } catch (error) {
    return { finding: failedFinding('offer', error), offers: '' }
  }
}

function findingOf({ found, shortfall }: AskedPrice): Finding {
  const what = 'offer'
  if (found.status !== 402) return { what, ok: true, text: `it costs nothing (${found.status})` }
  const offer = payableOf(found)
  if (!offer) return { what, ok: false, text: rejectionText(found) }
  const text = `${offer.amount} ${offer.symbol} on ${networkName(offer.network)}`
  return { what, ok: shortfall === undefined, text: shortfall ?? `${text} would be paid` }
}

function rejectionText({ reason: unpaid, offers, rejectedOffers }: AskedPrice['found']): string {
  const reasons = [
    ...(unpaid === undefined ? [] : [unpaid]),
    ...offers.flatMap(({ rejection }) => (rejection ? [rejection.message] : [])),
    ...rejectedOffers.map(({ reason, network = '' }) => `${network} ${reason}`.trim())
  ]
  return reasons.length === 0 ? 'it asks for nothing that can be paid' : [...new Set(reasons)].join(' ')
}
