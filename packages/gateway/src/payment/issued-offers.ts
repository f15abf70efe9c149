import { BoundedMap } from '@bursar/core/bounded-map'
import type { ServerOffer } from './protocol.js'
import { jsonEquals } from './wire.js'

const MAX_QUOTES = 10_000
const MAX_OFFERS_PER_QUOTE = 64

/**
 * Offers that a fault has changed, by request. The gateway accepts payments for them, so that a test can see a
 * client pay what it should not have paid.
 */
export class IssuedOffers {
  readonly #byQuote = new BoundedMap<string, readonly ServerOffer[]>(MAX_QUOTES)

  of(quoteKey: string): readonly ServerOffer[] {
    return this.#byQuote.get(quoteKey) ?? []
  }

  /** Remembers the issued offers that are not among the honest ones. */
  remember(quoteKey: string, issued: readonly ServerOffer[], honest: readonly ServerOffer[]): void {
    const known = [...honest, ...this.of(quoteKey)]
    const changed = issued.filter(({ wire }) => !known.some((offer) => jsonEquals(offer.wire, wire)))
    if (changed.length === 0) return
    this.#byQuote.set(quoteKey, [...this.of(quoteKey), ...changed].slice(-MAX_OFFERS_PER_QUOTE))
  }
}
