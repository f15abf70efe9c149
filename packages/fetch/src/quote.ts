import type { BursarError, Challenge, ErrorCode, NetworkId, OfferRejection } from '@bursar/core'
import type { Choice } from './flow/choose-offer.js'
import type { Call, Desk } from './flow/desk.js'

/** One offer, and whether it would be paid. */
export interface QuotedOffer {
  readonly network: NetworkId
  readonly asset: string
  readonly payTo: string
  /** Decimal USDC. */
  readonly amount: string
  /** `1_000_000n = 1 USDC`. */
  readonly amountAtomic: bigint
  /** Which check would refuse it, and its words. Absent: it would be paid. */
  readonly refusal?: { readonly code: ErrorCode; readonly message: string } | undefined
}

/** What a call would cost. */
export interface Quote {
  /** HTTP status of the unpaid request. Anything but 402 was answered without payment. */
  readonly status: number
  /** By the user's preference, else in the server's order. The first without a refusal would be paid. */
  readonly offers: readonly QuotedOffer[]
  /** What the server offered and is not understood or not known. */
  readonly rejectedOffers: readonly OfferRejection[]
}

/** The steps that a call and a quote share: handed in, so that this file has no share in what is always loaded. */
export interface SharedSteps {
  readonly discover: typeof import('./flow/discover.js').discover
  readonly readChallenge: typeof import('./flow/read-challenge.js').readChallenge
  readonly billsElsewhere: typeof import('./flow/check-request.js').billsElsewhere
  readonly checkRequest: typeof import('./flow/check-request.js').checkRequest
  readonly judgeOffer: typeof import('./flow/choose-offer.js').judgeOffer
  readonly noneUsable: typeof import('./flow/choose-offer.js').noneUsable
  readonly describe: typeof import('./flow/commit.js').describe
  readonly formatUsdc: typeof import('@bursar/core').formatUsdc
  readonly bursarErrorOf: typeof import('@bursar/core').bursarErrorOf
  readonly overLimitError: typeof import('@bursar/core').overLimitError
}

/**
 * Asks for the price and signs nothing.
 *
 * @throws {BursarError} `header/malformed`, `challenge/malformed`, `request/timeout`
 */
export async function quote(desk: Desk, started: Call, steps: SharedSteps): Promise<Quote> {
  const { answer, call, platformFollowed } = await steps.discover(desk, started)
  const { status } = answer
  const challenge =
    status === 402 && !platformFollowed ? await steps.readChallenge(answer, desk.registry) : undefined
  await answer.discard()
  if (!challenge || steps.billsElsewhere(call.request, challenge.dialect.name))
    return { status, offers: [], rejectedOffers: [] }
  const offers = desk.policy
    .order(challenge.offers, call.options.prefer)
    .map(async (offer): Promise<QuotedOffer> => {
      const judged = await steps.judgeOffer(desk, call, challenge, offer)
      const refusal =
        'payer' in judged
          ? await refuseCall(desk, call, challenge, judged, steps)
          : 'moneyState' in judged
            ? judged
            : steps.noneUsable([judged])
      return {
        network: offer.network.id,
        asset: offer.asset.address,
        payTo: offer.payTo,
        amount: steps.formatUsdc(offer.cost),
        amountAtomic: offer.amountAtomic,
        refusal: refusal && { code: refusal.code, message: refusal.message }
      }
    })
  return { status, offers: await Promise.all(offers), rejectedOffers: challenge.rejectedOffers }
}

async function refuseCall(
  desk: Desk,
  call: Call,
  challenge: Challenge,
  choice: Choice,
  { checkRequest, bursarErrorOf, describe, overLimitError }: SharedSteps
): Promise<BursarError | undefined> {
  try {
    checkRequest(desk, call.request)
  } catch (error) {
    const ours = bursarErrorOf(error)
    if (ours) return ours
    throw error
  }
  const refusal = await desk.ledger.check(describe(desk, call, '', challenge, choice))
  return refusal && overLimitError(refusal, choice.offer.cost)
}
