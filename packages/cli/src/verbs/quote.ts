import type { Quote, QuotedOffer } from '@bursar/fetch'
import { withPricingBursar } from '../accounts/open-accounts.js'
import { shortfallOf } from '../accounts/shortfall.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { assertUrl, type RequestOptions, readRequest } from '../options/request-options.js'
import { commandPolicy } from '../policy/command-policy.js'
import { networkName } from '../text/network-name.js'
import { amountColumn } from '../text/purchase-columns.js'
import { CHARGES_FIRST, WHOLE_RESERVE } from '../text/receipt-text.js'
import { type Column, table } from '../text/table.js'
import { cutMiddle } from '../text/text-width.js'
import { wrapText } from '../text/wrap-text.js'

/** The options of `quote`. */
export interface QuoteOptions extends RequestOptions {
  readonly maxAmount?: string
  readonly json?: boolean
  /** Says what would be signed. */
  readonly explain?: boolean
}

/** A price is shown even where no limit is set. */
const NO_LIMIT = '1000000000'

/** Asks what a request costs and which check would reject it, and pays nothing. */
export async function quote(context: CommandContext, url: string, options: QuoteOptions): Promise<void> {
  const { found, shortfall } = await askPrice(context, url, options)
  if (options.json) context.out(`${JSON.stringify({ ...quoteJson(found), shortfall: shortfall ?? null })}\n`)
  else context.out(priceText(context, { found, shortfall }, options))
  const isRejected = !payableOf(found) || shortfall !== undefined
  if (found.status === 402 && isRejected) context.progress.exitCode = exitCodes.rejected
}

/** A price, and what the account lacks to pay it. */
export interface AskedPrice {
  readonly found: Quote
  readonly shortfall: string | undefined
}

/** Asks for the price, and looks whether the account holds that much. */
export async function askPrice(
  context: CommandContext,
  url: string,
  options: QuoteOptions
): Promise<AskedPrice> {
  assertUrl(url)
  const request = await readRequest(options)
  const { policy } = commandPolicy(context, options)
  const limits = { payment: NO_LIMIT, ...policy.limits }
  return withPricingBursar(context, { ...policy, limits }, async (bursar) => {
    const found = await bursar.quote(url, request)
    const offer = payableOf(found)
    return { found, shortfall: offer && (await shortfallOf(bursar, offer)) }
  })
}

/** The offers of a price, and what becomes of each. */
export function priceText(
  context: CommandContext,
  { found, shortfall }: AskedPrice,
  options: PriceTextOptions
): string {
  return quoteText(context, found, options) + (shortfall ? `${shortfall}\n` : '')
}

/** What is said of a price. */
interface PriceTextOptions extends Pick<QuoteOptions, 'explain'> {
  /** Whether it has been said before why nothing would be paid. */
  readonly isReasonKnown?: boolean
}

/** The first offer that passes every check. */
export function payableOf({ offers }: Quote): QuotedOffer | undefined {
  return offers.find(({ rejection }) => rejection === undefined)
}

function quoteJson({ status, reason, redirectedTo, offers, rejectedOffers }: Quote) {
  const rows = offers.map((offer) => ({
    ...offer,
    amountAtomic: String(offer.amountAtomic),
    networkName: networkName(offer.network)
  }))
  return { status, reason: reason ?? null, redirectedTo: redirectedTo ?? null, offers: rows, rejectedOffers }
}

function quoteText(
  context: CommandContext,
  found: Quote,
  { explain, isReasonKnown = false }: PriceTextOptions
): string {
  const { status, redirectedTo, reason: unpaid, offers, rejectedOffers } = found
  if (status !== 402) return `It costs nothing (${status}).\n`
  const payable = payableOf(found)
  const reasons = new Set(offers.flatMap(({ rejection }) => (rejection ? [rejection.message] : [])))
  return [
    redirectedTo === undefined
      ? ''
      : wrapText(`A redirect leads to ${redirectedTo}, which asks:\n`, context.columns),
    unpaid === undefined || isReasonKnown
      ? ''
      : wrapText(`It would not be paid: ${unpaid}.\n`, context.columns),
    offers.length === 0 ? '' : table(context, offerColumns(payable), offers),
    offers.some(({ paidFor }) => paidFor === 'reserve') ? `${WHOLE_RESERVE}\n` : '',
    payable?.chargesFirst ? `${CHARGES_FIRST}\n` : '',
    ...(isReasonKnown && !payable ? [] : [...reasons]).map((reason) =>
      wrapText(`${reason}\n`, context.columns)
    ),
    explain && payable ? `\nIt would sign ${signatureText(payable)}\n` : '',
    ...rejectedOffers.map(({ reason, network = '' }) => `not understood: ${network} ${reason}\n`)
  ].join('')
}

function offerColumns(payable: QuotedOffer | undefined): readonly Column<QuotedOffer>[] {
  return [
    amountColumn(({ amount, symbol, isTest }) => `${amount} ${symbol}${isTest ? ' (test money)' : ''}`),
    { header: 'Network', cell: ({ network }) => networkName(network) },
    {
      header: 'Verdict',
      cell: (offer) => {
        if (offer.rejection) return 'rejected'
        return offer === payable ? 'would be paid' : 'also accepted'
      },
      style: ({ rejection }) => (rejection ? 'red' : 'green')
    },
    { header: 'To', cell: ({ payTo }) => payTo, shrink: { order: 1, min: 13, cut: cutMiddle } }
  ]
}

/** What the first offer that would be paid wants to be signed. */
function signatureText(offer: QuotedOffer): string {
  const { amount, symbol, asset, payTo } = offer
  return `${signedThing(offer)} ${amount} ${symbol}\n  of ${asset}\n  to ${payTo}.\nIt expires within five minutes. The server pays the fees.`
}

function signedThing({ network, isPermit2 }: QuotedOffer): string {
  if (network.startsWith('solana:')) return 'a transaction that transfers'
  return isPermit2 ? 'a PermitWitnessTransferFrom (Permit2) of' : 'a TransferWithAuthorization (EIP-3009) of'
}
