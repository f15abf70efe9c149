import type { Dialect } from '../dialect/dialect.js'
import { katana } from '../dialect/katana.js'
import { thirdweb } from '../dialect/thirdweb.js'
import { x402V1 } from '../dialect/x402-v1.js'
import { x402V2 } from '../dialect/x402-v2.js'
import { katanaChallengeSchema } from '../schemas/challenge.js'
import { katanaOfferSchema } from '../schemas/offer.js'
import { isJsonObject, type JsonObject } from '../wire/json.js'

/** What tells dialects apart besides the challenge itself. */
export interface ChallengeSurroundings {
  /** The challenge stood in the body alone, and its text names X-PAYMENT. */
  readonly namesV1Header?: boolean
}

/** Chooses the dialect in which a challenge is answered, by its version and by the shape of its entries. */
export function chooseDialect(
  version: 1 | 2,
  challenge: JsonObject,
  { namesV1Header = false }: ChallengeSurroundings
): Dialect {
  if (version === 1) return x402V1
  if (isKatana(challenge)) return katana
  const dialect = isThirdweb(challenge) ? thirdweb : x402V2
  return namesV1Header ? inBothHeaders(dialect) : dialect
}

/**
 * Which header is read is not known, so both carry the same authorization, which settles once, and is made so that the
 * facilitators of both versions take it.
 */
function inBothHeaders(dialect: Dialect): Dialect {
  return { ...dialect, memoIfAsked: x402V1.memoIfAsked, alsoAs: x402V1 }
}

function isKatana(challenge: JsonObject): boolean {
  const { success, data } = katanaChallengeSchema.safeParse(challenge)
  return success && data.accepts.every((entry) => katanaOfferSchema.safeParse(entry).success)
}

/** Entries of v2 whose only amount is v1's. What is added for them does not disturb other servers of v2. */
function isThirdweb({ accepts }: JsonObject): boolean {
  return (
    Array.isArray(accepts) &&
    accepts.some(
      (entry) => isJsonObject(entry) && entry.amount === undefined && entry.maxAmountRequired !== undefined
    )
  )
}
