import type * as z from 'zod/mini'
import { katana } from '../dialect/katana.js'
import { x402V1 } from '../dialect/x402-v1.js'
import { x402V2 } from '../dialect/x402-v2.js'
import { BursarError } from '../error/bursar-error.js'
import type { OfferRejection } from '../error/error-contexts.js'
import type { Registry } from '../network/registry.js'
import { challengeSchema } from '../schemas/challenge.js'
import { katanaOfferSchema } from '../schemas/offer.js'
import { decodeHeader, parseObject } from '../wire/header-codec.js'
import { freezeJson, type JsonObject } from '../wire/json.js'
import { shortText } from '../wire/short-text.js'
import type { Challenge } from './challenge.js'
import type { Offer } from './offer.js'
import { parseOffer } from './parse-offer.js'
import { findUnmetExtension } from './required-extension.js'

/** The most entries that are read. No server needs more. */
const MAX_OFFERS = 256

/**
 * Reads the v2 challenge in the PAYMENT-REQUIRED header.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed`
 * @see x402 HTTP transport v2, "Payment required signaling"
 */
export function parseChallengeHeader(text: string, registry: Registry): Challenge {
  return parseChallenge(decodeHeader('PAYMENT-REQUIRED', text), registry)
}

/**
 * Reads the challenge in the body of a 402, where v1 puts it.
 *
 * @throws {BursarError} `header/malformed`, `challenge/malformed`
 * @see x402 HTTP transport v1, "Payment required signaling"
 */
export function parseChallengeBody(text: string, registry: Registry): Challenge {
  return parseChallenge(parseObject('The body of the 402', text), registry)
}

/**
 * Reads a challenge from its JSON, each offer by itself: one that is unknown or malformed is rejected with its reason
 * and does not affect the others. Nothing of what is read can be changed, the JSON included, since equal calls share
 * it.
 *
 * @throws {BursarError} `challenge/malformed`
 * @see x402 v2 specification, section 5.1
 */
export function parseChallenge(json: JsonObject, registry: Registry): Challenge {
  const parsed = challengeSchema.safeParse(freezeJson(json))
  if (!parsed.success) throw malformed(String(parsed.error.issues[0]?.path[0]))
  const { x402Version: version, accepts, error, resource, extensions } = parsed.data
  const offers: Offer[] = []
  const rejectedOffers: OfferRejection[] = []
  const unmet = shortText(extensions && findUnmetExtension(version, extensions), 80)
  for (const entry of accepts.slice(0, MAX_OFFERS)) {
    const offer = parseOffer(version, entry, registry)
    if ('reason' in offer) rejectedOffers.push(offer)
    else if (unmet !== undefined) rejectedOffers.push(unmetRejection(offer, unmet))
    else offers.push(Object.freeze(offer))
  }
  if (accepts.length > MAX_OFFERS)
    rejectedOffers.push({ reason: `only the first ${MAX_OFFERS} offers are read` })
  return Object.freeze({
    dialect: version === 1 ? x402V1 : isKatana(parsed.data) ? katana : x402V2,
    error: shortText(error),
    resource,
    extensions,
    offers: Object.freeze(offers),
    rejectedOffers: Object.freeze(rejectedOffers)
  })
}

/** The server would refuse a payment without an extension that this client does not answer. */
function unmetRejection({ scheme, network, payTo }: Offer, extension: string): OfferRejection {
  const reason = `the server requires the extension ${extension}, which cannot be answered`
  return { scheme, network: network.id, payTo, reason }
}

/** Katana's challenge names no resource, which the standard requires, and all of its entries are Katana's. */
function isKatana({ accepts, resource }: z.infer<typeof challengeSchema>): boolean {
  if (resource !== undefined || accepts.length === 0) return false
  return accepts.every((entry) => katanaOfferSchema.safeParse(entry).success)
}

function malformed(field: string): BursarError<'challenge/malformed'> {
  const reason = `${field} is missing or malformed`
  return new BursarError('challenge/malformed', {
    message: `The server answered 402 with a challenge whose ${reason}. Nothing was paid.`,
    context: { reason },
    moneyState: 'none'
  })
}
