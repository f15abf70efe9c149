import {
  BursarError,
  type ErrorCode,
  formatUsdc,
  type NetworkId,
  type OfferRejection,
  overLimit
} from '@bursar/core'
import { billsElsewhere, checkRequest } from './flow/check-request.js'
import { type Choice, judgeOffer, noneUsable } from './flow/choose-offer.js'
import { describe } from './flow/commit.js'
import type { Call, Desk } from './flow/desk.js'
import { discover } from './flow/discover.js'
import { readChallenge } from './flow/read-challenge.js'

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
  readonly setAside: readonly OfferRejection[]
}

/**
 * Asks for the price and signs nothing.
 *
 * @throws {BursarError} `header/malformed`, `challenge/malformed`, `request/timeout`
 */
export async function quote(desk: Desk, started: Call): Promise<Quote> {
  const { answer, call, platformFollowed } = await discover(desk, started)
  const { status } = answer
  const challenge =
    status === 402 && !platformFollowed ? await readChallenge(answer, desk.registry) : undefined
  await answer.discard()
  if (!challenge || billsElsewhere(call.request, challenge.dialect.name))
    return { status, offers: [], setAside: [] }
  const offers = desk.policy
    .order(challenge.offers, call.options.prefer)
    .map(async (offer): Promise<QuotedOffer> => {
      const judged = await judgeOffer(desk, call, challenge, offer)
      const refusal = 'payer' in judged ? await refuseCall(desk, call, challenge, judged) : asError(judged)
      return {
        network: offer.network.id,
        asset: offer.asset.address,
        payTo: offer.payTo,
        amount: formatUsdc(offer.cost),
        amountAtomic: offer.amountAtomic,
        refusal: refusal && { code: refusal.code, message: refusal.message }
      }
    })
  return { status, offers: await Promise.all(offers), setAside: challenge.setAside }
}

type ChallengeOf = NonNullable<Awaited<ReturnType<typeof readChallenge>>>

async function refuseCall(
  desk: Desk,
  call: Call,
  challenge: ChallengeOf,
  choice: Choice
): Promise<BursarError | undefined> {
  try {
    checkRequest(desk, call.request)
  } catch (error) {
    if (error instanceof BursarError) return error
    throw error
  }
  const refusal = await desk.ledger.check(describe(desk, call, '', challenge, choice))
  return refusal && overLimit(refusal, choice.offer.cost)
}

function asError(judged: OfferRejection | BursarError): BursarError {
  return judged instanceof BursarError ? judged : noneUsable([judged])
}
