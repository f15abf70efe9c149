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
  /** The text of the body in which the challenge stood, where v1 puts it. */
  readonly body?: string
}

/** The header that pays in v1, and not the one of its receipts. */
const namesV1Header = /x-payment(?!-)/i

/** Chooses the dialect in which a challenge is answered, by its version and by the shape of its entries. */
export function chooseDialect(
  version: 1 | 2,
  challenge: JsonObject,
  { body }: ChallengeSurroundings
): Dialect {
  if (version === 1) return x402V1
  if (isKatana(challenge)) return katana
  const dialect = isThirdweb(challenge) ? thirdweb : x402V2
  return body === undefined ? dialect : inBody(dialect, namesV1Header.test(body))
}

/**
 * A server of v2 that asks where v1 does may read its payment where v1 has it, as @openfacilitator/sdk 1.0.0 does alone. So one
 * authorization, which settles once, is made so that the facilitators of both versions take it. It goes out in both headers where
 * the body names v1's, and else where the server asks again as if nothing had been sent: pages may send only headers that the
 * server lets them.
 */
function inBody(dialect: Dialect, isNamed: boolean): Dialect {
  const v1Header: Dialect = { ...x402V1, payment: paymentInV1Header }
  const { memoIfAsked } = x402V1
  return { ...dialect, memoIfAsked, ...(isNamed ? { alsoAs: v1Header } : { ifUnreadAs: v1Header }) }
}

/** X-PAYMENT in the version whose name the offer has for its network. In v2 also with what readers of v1 look for beside it. */
const paymentInV1Header: Dialect['payment'] = (challenge, offer, payload) =>
  offer.raw.network === offer.network.id
    ? thirdweb.payment(challenge, offer, payload)
    : x402V1.payment(challenge, offer, payload)

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
