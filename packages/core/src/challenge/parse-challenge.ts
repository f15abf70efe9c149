import { BursarError } from '../error/bursar-error.js'
import type { OfferRejection } from '../error/error-contexts.js'
import type { Registry } from '../network/registry.js'
import { challengeSchema } from '../schemas/challenge.js'
import { parseObject } from '../wire/header-codec.js'
import { freezeJson, isJsonObject, type JsonObject, type JsonValue } from '../wire/json.js'
import { decodeServerHeader } from '../wire/server-header.js'
import { serverWords, shortText } from '../wire/short-text.js'
import type { Challenge } from './challenge.js'
import { type ChallengeSurroundings, chooseDialect } from './choose-dialect.js'
import type { Offer } from './offer.js'
import { parseOffer } from './parse-offer.js'
import { isPermit2Offer } from './permit2-offer.js'
import { findUnmetExtension } from './required-extension.js'

/** The most entries that are read. No server needs more. */
const MAX_OFFERS = 256
/** Whether Permit2 may take a token is asked on the chain, for each such offer. */
const MAX_PERMIT2_OFFERS = 16

/**
 * Reads the challenge in the PAYMENT-REQUIRED header, where v2 puts it. Some servers write their offers there and nothing
 * around them.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed`
 * @see x402 HTTP transport v2, "Payment required signaling"
 */
export function parseChallengeHeader(text: string, registry: Registry): Challenge {
  const decoded = decodeServerHeader('PAYMENT-REQUIRED', text)
  if (isJsonObject(decoded)) return parseChallenge(decoded, registry)
  const bare = parseChallenge({ x402Version: versionOf(decoded), accepts: decoded }, registry)
  return Object.freeze({ ...bare, isBare: true })
}

/**
 * Reads the challenge in the body of a 402, where v1 puts it.
 *
 * @throws {BursarError} `header/malformed`, `challenge/malformed`
 * @see x402 HTTP transport v1, "Payment required signaling"
 */
export function parseChallengeBody(text: string, registry: Registry): Challenge {
  return parseChallenge(parseObject('The body of the 402', text), registry, { body: text })
}

/**
 * Reads a challenge from its JSON, each offer by itself: one that is unknown or malformed is rejected with its reason
 * and does not affect the others. Nothing of what is read can be changed, the JSON included, since equal calls share
 * it.
 *
 * @throws {BursarError} `challenge/malformed`
 * @see x402 v2 specification, section 5.1
 */
export function parseChallenge(
  json: JsonObject,
  registry: Registry,
  surroundings: ChallengeSurroundings = {}
): Challenge {
  const parsed = challengeSchema.safeParse(withOwnTerms(freezeJson(json)))
  if (!parsed.success) throw malformed(String(parsed.error.issues[0]?.path[0]))
  const { x402Version: version, accepts, error, resource, extensions } = parsed.data
  const unmet = shortText(extensions && findUnmetExtension(version, extensions), 80)
  return Object.freeze({
    dialect: chooseDialect(version, json, surroundings),
    error: serverWords(error),
    resource: resource ?? undefined,
    extensions,
    ...parseOffers(accepts, registry, unmet)
  })
}

/**
 * The challenge with itself as its last offer, where it has the terms of one: uvd-x402-sdk 2.38 asks so, with `accepts` where
 * there are more, and without one where there are not.
 */
function withOwnTerms(json: JsonObject): JsonObject {
  if (json.scheme === undefined) return json
  const { accepts, ...terms } = json
  const others = accepts ?? []
  return Array.isArray(others) ? { ...json, accepts: [...others, Object.freeze(terms)] } : json
}

/** @param unmet an extension that the server requires and that cannot be answered, so that no offer can be paid. */
function parseOffers(
  accepts: readonly unknown[],
  registry: Registry,
  unmet: string | undefined
): Pick<Challenge, 'offers' | 'rejectedOffers'> {
  const offers: Offer[] = []
  let permit2Offers = 0
  const rejectedOffers: OfferRejection[] = []
  for (const entry of accepts.slice(0, MAX_OFFERS)) {
    const offer = parseOffer(entry, registry)
    if ('reason' in offer) rejectedOffers.push(offer)
    else if (isPermit2Offer(offer) && ++permit2Offers > MAX_PERMIT2_OFFERS)
      rejectedOffers.push({
        ...namesOf(offer),
        reason: `only the first ${MAX_PERMIT2_OFFERS} offers by Permit2 are looked at`
      })
    else if (unmet !== undefined) rejectedOffers.push(unmetRejection(offer, unmet))
    else offers.push(Object.freeze(offer))
  }
  if (accepts.length > MAX_OFFERS)
    rejectedOffers.push({ reason: `only the first ${MAX_OFFERS} offers are read` })
  return { offers: Object.freeze(offers), rejectedOffers: Object.freeze(rejectedOffers) }
}

/** The server would refuse a payment without an extension that this client does not answer. */
function unmetRejection(offer: Offer, extension: string): OfferRejection {
  const reason = `the server requires the extension ${extension}, which cannot be answered`
  return { ...namesOf(offer), reason }
}

function namesOf({ scheme, network, payTo }: Offer): Omit<OfferRejection, 'reason'> {
  return { scheme, network: network.id, payTo }
}

/** The version of offers that stand alone: that of the amounts' name. */
function versionOf(accepts: readonly JsonValue[]): 1 | 2 {
  return accepts.some((entry) => isJsonObject(entry) && entry.amount !== undefined) ? 2 : 1
}

function malformed(field: string): BursarError<'challenge/malformed'> {
  const reason = `${field} is missing or malformed`
  return new BursarError('challenge/malformed', {
    message: `The server answered 402 with a challenge whose ${reason}. Nothing was paid.`,
    context: { reason },
    moneyState: 'none'
  })
}
