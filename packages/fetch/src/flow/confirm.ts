import { BursarError, formatUsdc, ownAmountOf, paidWith } from '@bursar/core'
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
  { request, original }: ChallengedCall,
  { offer }: Choice
): Promise<void> {
  const { url, signal } = request
  const { confirm: ask, maxPriceIncrease } = context.policy
  if (!ask) return
  const paid = paidWith(offer)
  const place = { origin: url.origin, path: url.pathname, isTest: paid.isTest }
  const usual = maxPriceIncrease === undefined ? undefined : await context.ledger.lastCost(place, { signal })
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
