import type { ChallengeEcho, Dialect } from '../dialect/dialect.js'
import type { OfferRejection } from '../error/error-contexts.js'
import type { Offer } from './offer.js'

/** A parsed 402. */
export interface Challenge extends ChallengeEcho {
  readonly dialect: Dialect
  /** The server's own error text, cut to one short line. */
  readonly error?: string | undefined
  /** In the server's order. */
  readonly offers: readonly Offer[]
  /** Entries that could not be parsed or are not known, each with the reason. */
  readonly rejectedOffers: readonly OfferRejection[]
  /** Its header holds the offers and nothing around them, so that the body comes before it. */
  readonly isBare?: true
}
