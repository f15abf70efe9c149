import type { ChallengeEcho, Dialect } from '../dialect/dialect.js'
import type { OfferRejection } from '../error/error-codes.js'
import type { Offer } from './offer.js'

/** A 402, understood. */
export interface Challenge extends ChallengeEcho {
  readonly dialect: Dialect
  /** What the server said is wrong, cut to one short line. */
  readonly error?: string | undefined
  /** In the server's order. */
  readonly offers: readonly Offer[]
  /** Entries that are not understood or not known, with the reason. */
  readonly rejectedOffers: readonly OfferRejection[]
}
