import { type AtomicUsdc, BursarError, formatUsdc, ownAmountOf, paidWith } from '@bursar/core'
import { askToConfirm } from '../policy/ask-to-confirm.js'
import type { PaymentProposal } from '../policy/policy-options.js'
import type { ChallengedCall } from './call.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Asks the user's `confirm` about a payment. Where there is none, the ledger watches the price.
 *
 * @throws {BursarError} `offer/declined`
 */
export async function confirm(
  context: PaymentContext,
  call: ChallengedCall,
  { offer }: Choice
): Promise<void> {
  const { request, original } = call
  const { url, signal } = request
  const { confirm: ask, maxPriceIncrease } = context.policy
  if (!ask) return
  const paid = paidWith(offer)
  const usual = maxPriceIncrease === undefined ? undefined : await usualCost(context, call, paid)
  const proposal: PaymentProposal = {
    method: request.method,
    host: url.host,
    requestedHost: request.redirected ? original.url.host : undefined,
    path: url.pathname,
    ...ownAmountOf({ ...offer, ...paid }),
    cost: formatUsdc(offer.cost),
    isTest: paid.isTest,
    usual: usual === undefined ? undefined : formatUsdc(usual),
    network: offer.network.id,
    asset: offer.asset.address,
    payTo: offer.payTo,
    chargesFirst: offer.chargesFirst
  }
  const declined = (what: string, cause?: unknown): BursarError => declinedError(proposal, { what, cause })
  await askToConfirm(ask, proposal, { signal, declined })
}

/** What the place that is paid last cost, or the one that led there: the lower of both, since a server chooses where it leads. */
async function usualCost(
  { ledger }: PaymentContext,
  { request, original }: ChallengedCall,
  { isTest }: ReturnType<typeof paidWith>
): Promise<AtomicUsdc | undefined> {
  const { signal } = request
  const costAt = ({ origin, pathname: path }: URL) => ledger.lastCost({ origin, path, isTest }, { signal })
  const paid = await costAt(request.url)
  const requested = request.redirected ? await costAt(original.url) : undefined
  if (paid === undefined || requested === undefined) return paid ?? requested
  const isRaised = paid > requested
  return isRaised ? requested : paid
}

function declinedError(
  { amount, symbol, isTest, payTo, network, host }: PaymentProposal,
  { what, cause }: { readonly what: string; readonly cause?: unknown }
): BursarError {
  return new BursarError('offer/declined', {
    message: `${what} to pay ${amount} ${symbol}${isTest ? ' (test money)' : ''} to ${host}. Nothing was signed.`,
    context: { amount, payTo, network },
    moneyState: 'none',
    cause
  })
}
