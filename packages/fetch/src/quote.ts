import {
  type BursarError,
  bursarErrorOf,
  type ErrorCode,
  formatUsdc,
  isPermit2Offer,
  loggable,
  type NetworkId,
  type Offer,
  type OfferRejection,
  ownAmountOf,
  type PaidFor,
  paidFor,
  paidWith,
  reservationError
} from '@bursar/core'
import { assertPayable } from './flow/assert-payable.js'
import type { Call, PricedCall } from './flow/call.js'
import { noUsableOfferError } from './flow/choose-offer.js'
import { type Discovery, discover } from './flow/discover.js'
import { type Choice, evaluateOffer } from './flow/evaluate-offer.js'
import type { PaymentContext } from './flow/payment-context.js'
import { readPrice } from './flow/read-challenge.js'
import { type Look, readyOffer } from './flow/ready-offer.js'
import { buildTerms } from './flow/reservation-terms.js'
import { serverAheadSeconds } from './flow/server-clock.js'

/** One offer, and whether it would be paid. */
export interface QuotedOffer {
  readonly network: NetworkId
  readonly asset: string
  readonly payTo: string
  /** Decimal, in the asset's own unit, such as `0.013938`. */
  readonly amount: string
  /** Set where that is the most, and the server takes what its answer did cost (the scheme `upto`). */
  readonly isMost?: true | undefined
  /** Of the asset, such as `USDC`. */
  readonly symbol: string
  /** What it counts as against the limits: decimal dollars. */
  readonly cost: string
  /** Whether it is money of a test network, which is worth nothing. */
  readonly isTest?: true | undefined
  /** In the asset's smallest unit; of USDC: `1_000_000n = 1 USDC`. */
  readonly amountAtomic: bigint
  /** Whether that is the price, or the whole reserve of a text, of which nothing comes back (Katana, paid directly). */
  readonly paidFor: PaidFor
  /** Whether the server takes the money before it begins, and keeps it when it fails. */
  readonly chargesFirst?: true | undefined
  /** Set where a transfer of Permit2 is signed, and not an authorization of the token itself (EIP-3009). */
  readonly isPermit2?: true | undefined
  /** The check that would reject it, and its message. Absent: it would be paid, where it is the first of those. */
  readonly rejection?: { readonly code: ErrorCode; readonly message: string } | undefined
}

/** What a call would cost. */
export interface Quote {
  /** HTTP status of the unpaid request. Anything but 402 was answered without payment. */
  readonly status: number
  /** Why a 402 would not be paid and go back as it came, such as that it is a web page. Absent where it has offers. */
  readonly reason?: string
  /**
   * The origin and path that ask to be paid, where a redirect led to them, such as `https://b.example/report`. The rules that go
   * by a host then hold for both. Absent: the URL that was asked.
   */
  readonly redirectedTo?: string | undefined
  /** By the user's preference, else in the server's order. The first without a rejection would be paid. */
  readonly offers: readonly QuotedOffer[]
  /** What the server offered and is not understood or not known. */
  readonly rejectedOffers: readonly OfferRejection[]
}

/**
 * Asks for the price and signs nothing.
 *
 * @throws {BursarError} `header/malformed`, `challenge/malformed`, `request/timeout`
 */
export async function quote(context: PaymentContext, call: Call): Promise<Quote> {
  const discovery = await discover(context, call)
  const { response, request } = discovery
  const { status } = response
  const challenge = status === 402 ? await readPrice(context, discovery) : undefined
  await response.discard()
  if (!challenge) return { status, offers: [], rejectedOffers: [] }
  if ('reason' in challenge) return { status, reason: challenge.reason, offers: [], rejectedOffers: [] }
  const priced: PricedCall = {
    ...call,
    request,
    original: call.request,
    challenge,
    serverAheadSeconds: serverAheadSeconds(response, context.clock.nowMs())
  }
  const ordered = context.policy.order(challenge.offers, call.options.prefer)
  const evaluate = async (offer: Offer): Promise<EvaluatedOffer> => ({
    offer,
    evaluated: await evaluateOffer(context, priced, offer)
  })
  const all = await Promise.all(ordered.map(evaluate))
  // An offer that is alone is paid without a look at the chain where nobody can look.
  const looks = all.filter(({ evaluated }) => 'payer' in evaluated).length > 1 ? true : 'if-it-can'
  const quoteAll = (look: Look): Promise<readonly QuotedOffer[]> =>
    Promise.all(all.map((each) => quoteOffer(context, { discovery, call: priced, looks: look }, each)))
  const seen = await quoteAll(looks)
  // Where none is known to be payable, one that nobody could look at is paid.
  const offers = seen.some(isPayable) || !seen.some(isUnseen) ? seen : await quoteAll('if-it-can')
  const redirectedTo = request.redirected ? request.url.origin + request.url.pathname : undefined
  return loggable({ status, redirectedTo, offers, rejectedOffers: challenge.rejectedOffers })
}

function isPayable({ rejection }: QuotedOffer): boolean {
  return rejection === undefined
}

function isUnseen({ rejection }: QuotedOffer): boolean {
  return rejection?.code === 'rpc/unavailable'
}

/** A call whose price is known, and the discovery that found it. */
interface Quoted {
  readonly discovery: Discovery
  readonly call: PricedCall
  readonly looks: Look
}

/** An offer, and what the checks say of it that need no chain. */
interface EvaluatedOffer {
  readonly offer: Offer
  readonly evaluated: Awaited<ReturnType<typeof evaluateOffer>>
}

async function quoteOffer(
  context: PaymentContext,
  quoted: Quoted,
  each: EvaluatedOffer
): Promise<QuotedOffer> {
  const { offer } = each
  const rejection = await rejectionOf(context, quoted, each)
  const paid = paidWith(offer)
  return loggable({
    network: offer.network.id,
    asset: offer.asset.address,
    payTo: offer.payTo,
    ...ownAmountOf({ ...offer, ...paid }),
    cost: formatUsdc(offer.cost),
    isTest: paid.isTest,
    amountAtomic: offer.amountAtomic,
    chargesFirst: offer.chargesFirst,
    isPermit2: isPermit2Offer(offer) || undefined,
    paidFor: paidFor(quoted.call.challenge.dialect.name, quoted.call.request.url.pathname),
    rejection: rejection && { code: rejection.code, message: rejection.message }
  })
}

async function rejectionOf(
  context: PaymentContext,
  { discovery, call, looks }: Quoted,
  { evaluated }: EvaluatedOffer
): Promise<BursarError | undefined> {
  if ('moneyState' in evaluated) return evaluated
  if (!('payer' in evaluated)) return noUsableOfferError([evaluated], 'This offer cannot be paid')
  const unpayable = payableError(context, discovery)
  if (unpayable) return unpayable
  const ready = await readyOffer(context, call, { choice: evaluated, looks })
  return 'prepared' in ready ? budgetError(context, call, evaluated) : ready
}

function payableError(context: PaymentContext, discovery: Discovery): BursarError | undefined {
  try {
    assertPayable(context, discovery)
    return undefined
  } catch (error) {
    const ours = bursarErrorOf(error)
    if (ours) return ours
    throw error
  }
}

async function budgetError(
  context: PaymentContext,
  call: PricedCall,
  choice: Choice
): Promise<BursarError | undefined> {
  const rejection = await context.ledger.evaluate(buildTerms(context, call, choice.offer))
  return rejection && reservationError(rejection)
}
