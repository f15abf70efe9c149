import type { OfferRejection } from '../error/error-contexts.js'
import type { JsonValue } from '../wire/json.js'
import { shortText } from '../wire/short-text.js'
import type { Offer } from './offer.js'

/**
 * Reads when a server settles: after its answer is ready (`authorization`, the default) or before it begins
 * (`upfront`). Every other word is rejected by name, since what it does with the money is not known.
 *
 * @see x402 v2 specification, "Payment flows"
 */
export function readPaymentFlow(
  value: JsonValue | undefined
): Pick<Offer, 'chargesFirst'> | Pick<OfferRejection, 'reason'> {
  if (value === undefined || value === null || value === 'authorization') return {}
  if (value === 'upfront') return { chargesFirst: true }
  const word = shortText(value, 80)
  if (word === undefined) return { reason: 'its paymentFlow is not a word' }
  return word === 'escrow'
    ? { reason: 'its paymentFlow is "escrow", which locks money away before the answer' }
    : { reason: `its paymentFlow "${word}" is not known` }
}
