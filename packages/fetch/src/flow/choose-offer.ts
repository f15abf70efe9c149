import { abortable, BursarError, type Offer, type OfferRejection } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import { type Choice, evaluateOffer } from './evaluate-offer.js'
import { knownToSuffice } from './funds.js'
import type { PaymentContext } from './payment-context.js'
import { type Look, type ReadyOffer, readyOffer } from './ready-offer.js'

/**
 * Chooses the first offer, by the user's preference, else in the server's order, that passes every check, also those that
 * need a look at the chain: what one offer fails, the next may pass. Each check sees the same offer object that is then
 * paid.
 *
 * @throws {BursarError} the first that an offer gave: `offer/over-limit`, `offer/payee-refused`, `offer/unfunded`,
 * `offer/domain-mismatch`, `offer/recipient-account-missing`, `rpc/unavailable`; else `offer/none-usable`
 */
export async function chooseOffer(context: PaymentContext, call: ChallengedCall): Promise<ReadyOffer> {
  const { challenge, options, request } = call
  const offers = context.policy.order(challenge.offers, options.prefer)
  const rejectedOffers: OfferRejection[] = []
  const unseen: Choice[] = []
  let rejection: BursarError | undefined
  for (const [index, offer] of offers.entries()) {
    const evaluated = await abortable(evaluateOffer(context, call, offer), request.signal)
    if ('payer' in evaluated) {
      const others = offers.slice(index + 1)
      const looks = await lookAt(context, call, { offer, others, isNext: rejection !== undefined })
      const ready = await readyOffer(context, call, { choice: evaluated, looks })
      if ('prepared' in ready) return ready
      if (looks && ready.code === 'rpc/unavailable') unseen.push(evaluated)
      rejection ??= ready
    } else if ('moneyState' in evaluated) rejection ??= evaluated
    else rejectedOffers.push(evaluated)
  }
  const ready = await readyUnseen(context, call, unseen)
  if (ready) return ready
  throw rejection ?? noUsableOfferError([...rejectedOffers, ...challenge.rejectedOffers])
}

/** What nobody could look at comes after everything else, and is paid as an offer that is alone. */
async function readyUnseen(
  context: PaymentContext,
  call: ChallengedCall,
  unseen: readonly Choice[]
): Promise<ReadyOffer | undefined> {
  for (const choice of unseen) {
    const ready = await readyOffer(context, call, { choice, looks: false })
    if ('prepared' in ready) return ready
  }
  return undefined
}

/** An offer, those after it, and whether one before it could not be paid. */
interface Turn {
  readonly offer: Offer
  readonly others: readonly Offer[]
  readonly isNext: boolean
}

/**
 * Whether to look what the account holds: where another offer could be paid instead, or the last look found too little. Where
 * the user wants it always, that nobody can look keeps nothing from being paid.
 */
function lookAt(
  context: PaymentContext,
  call: ChallengedCall,
  { offer, others, isNext }: Turn
): Look | Promise<Look> {
  const suffices = knownToSuffice(context, offer)
  if (suffices === true) return false
  if (isNext || suffices === false) return true
  // An offer that is alone is paid without, since a look takes as long as the payment itself.
  const alone = context.looksAlways ? 'if-it-can' : false
  if (others.length === 0) return alone
  return isAnyPayable(context, call, others).then((isAny) => isAny || alone)
}

/** Whether any of these offers could be paid. */
async function isAnyPayable(
  context: PaymentContext,
  call: ChallengedCall,
  offers: readonly Offer[]
): Promise<boolean> {
  for (const offer of offers)
    if ('payer' in (await abortable(evaluateOffer(context, call, offer), call.request.signal))) return true
  return false
}

/** A server chooses how many offers it makes. */
const MAX_NAMED = 16

/** No offer passes; each with its reason. @param what says so of all that the server made. */
export function noUsableOfferError(
  offers: readonly OfferRejection[],
  what = "None of the server's offers can be paid"
): BursarError<'offer/none-usable'> {
  const reasons = [
    ...new Set(offers.map(({ network, reason }) => (network ? `${network}: ${reason}` : reason)))
  ]
  const named = reasons.slice(0, MAX_NAMED)
  if (reasons.length > MAX_NAMED) named.push(`and ${reasons.length - MAX_NAMED} more`)
  return new BursarError('offer/none-usable', {
    message: `${what}: ${named.join('; ') || 'it made none'}. Nothing was signed.`,
    context: { offers },
    moneyState: 'none'
  })
}
