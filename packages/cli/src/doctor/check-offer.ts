import type { CommandContext } from '../context.js'
import { networkName } from '../text/network-name.js'
import { askPrice, payableOf } from '../verbs/quote.js'
import { type Finding, failedFinding } from './finding.js'

/** Checks whether what a URL asks for would be paid: its token, its network, the limits, and what the account holds. */
export async function checkOffer(context: CommandContext, url: string): Promise<Finding> {
  const what = 'offer'
  try {
    const { found, shortfall } = await askPrice(context, url, {})
    if (found.status !== 402) return { what, ok: true, text: `it costs nothing (${found.status})` }
    const offer = payableOf(found)
    if (!offer) return { what, ok: false, text: rejectionText(found) }
    const text = `${offer.amount} ${offer.symbol} on ${networkName(offer.network)}`
    return { what, ok: shortfall === undefined, text: shortfall ?? `${text} would be paid` }
  } catch (error) {
    return failedFinding(what, error)
  }
}

function rejectionText({ offers, rejectedOffers }: Awaited<ReturnType<typeof askPrice>>['found']): string {
  const reasons = [
    ...offers.flatMap(({ rejection }) => (rejection ? [rejection.message] : [])),
    ...rejectedOffers.map(({ reason, network = '' }) => `${network} ${reason}`.trim())
  ]
  return reasons.length === 0 ? 'it asks for nothing that can be paid' : [...new Set(reasons)].join(' ')
}
