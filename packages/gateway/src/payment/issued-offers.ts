import { BoundedMap } from '../server/bounded-map.js'
import type { ServerOffer } from './protocol.js'
import { jsonEquals } from './wire.js'

const MAX_QUOTES = 10_000
const MAX_OFFERS_PER_QUOTE = 64

/**
 * Offers that a fault has bent, by request: the gateway stands by them, so that a client that is fooled is
 * seen to pay.
 */
export class IssuedOffers {
  readonly #byQuote = new BoundedMap<string, readonly ServerOffer[]>(MAX_QUOTES)

  of(quoteKey: string): readonly ServerOffer[] {
    return this.#byQuote.get(quoteKey) ?? []
  }

  /** Remembers those that are not the honest ones. */
  remember(quoteKey: string, issued: readonly ServerOffer[], honest: readonly ServerOffer[]): void {
    const known = [...honest, ...this.of(quoteKey)]
    const bent = issued.filter(({ wire }) => !known.some((offer) => jsonEquals(offer.wire, wire)))
    if (bent.length > 0)
      this.#byQuote.set(quoteKey, [...this.of(quoteKey), ...bent].slice(-MAX_OFFERS_PER_QUOTE))
  }
}
