import type { QuotedOffer } from '@bursar/fetch'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import type { RequestOptions } from '../options/request-options.js'
import { commandPolicy } from '../policy/command-policy.js'
import { explainRules, type Rule } from '../policy/rules.js'
import { networkName } from '../text/network-name.js'
import { type Column, type Screen, table } from '../text/table.js'
import { wrapText } from '../text/wrap-text.js'
import { type AskedPrice, askPrice, payableOf } from './quote.js'

/** The options of `policy explain`. */
export interface ExplainOptions extends RequestOptions {
  readonly json?: boolean
}

/** Asks what a URL costs, and goes through every rule of the policy. Pays nothing. The exit code says whether it would be paid. */
export async function explainPolicy(
  context: CommandContext,
  url: string,
  { json, ...request }: ExplainOptions
): Promise<void> {
  const asked = await askPrice(context, url, request)
  const offer = payableOf(asked.found) ?? asked.found.offers[0]
  const { redirectedTo } = asked.found
  const rules = offer ? await rulesOf(context, { requested: url, redirectedTo }, offer) : []
  const verdict = verdictOf(asked, offer, rules)
  const said = { redirectedTo: redirectedTo ?? null, offer: offer ? offerJson(offer) : null, rules }
  if (json) context.out(`${JSON.stringify({ ...verdict, ...said })}\n`)
  else context.out(explanation(context, verdict, { offer, rules, redirectedTo }))
  if (!verdict.paid && asked.found.status === 402) context.progress.exitCode = exitCodes.rejected
}

/** What was asked, and what asks to be paid. */
interface Places {
  readonly requested: string
  readonly redirectedTo: string | undefined
}

async function rulesOf(
  context: CommandContext,
  { requested, redirectedTo }: Places,
  offer: QuotedOffer
): Promise<readonly Rule[]> {
  const { policy } = commandPolicy(context)
  const url = new URL(redirectedTo ?? requested)
  const requestedUrl = redirectedTo === undefined ? undefined : new URL(requested)
  return withReadingLedger(context, (ledger) =>
    explainRules(policy, { url, requestedUrl, offer, ledger, canAsk: context.ask !== undefined })
  )
}

interface Verdict {
  readonly status: number
  readonly paid: boolean
  readonly reason: string | null
}

/** What the rules do not know, such as whether the account holds enough, the price's own checks do. */
function verdictOf(
  { found: { status, reason, rejectedOffers }, shortfall }: AskedPrice,
  offer: QuotedOffer | undefined,
  rules: readonly Rule[]
): Verdict {
  if (status !== 402) return { status, paid: false, reason: 'it costs nothing' }
  if (!offer)
    return { status, paid: false, reason: reason ?? rejectedOffers[0]?.reason ?? 'it makes no offer' }
  const rejected = rules.find(({ verdict }) => verdict === 'rejected')
  const why = rejected ? `${rejected.rule}: ${rejected.text}` : (offer.rejection?.message ?? shortfall)
  return { status, paid: why === undefined, reason: why ?? null }
}

function offerJson({ amount, symbol, cost, network, payTo, isTest }: QuotedOffer) {
  return { amount, symbol, cost, network, networkName: networkName(network), payTo, isTest: isTest ?? false }
}

/** What there is to say of an offer. */
interface Explained extends Pick<Places, 'redirectedTo'> {
  readonly offer: QuotedOffer | undefined
  readonly rules: readonly Rule[]
}

function explanation(
  screen: Screen,
  { status, paid, reason }: Verdict,
  { offer, rules, redirectedTo }: Explained
): string {
  if (status !== 402) return `It costs nothing (${status}).\n`
  if (!offer) return wrapText(`It would not be paid: ${reason}\n`, screen.columns)
  const { amount, symbol, network, isTest } = offer
  const price = `${amount} ${symbol}${isTest ? ' (test money)' : ''} on ${networkName(network)}`
  const asks = rules.some(({ verdict }) => verdict === 'ask')
  const end = paid
    ? `It would be paid${asks ? ', once a person agrees' : ''}.`
    : `It would not be paid: ${reason}`
  return (
    wrapText(`It costs ${price}${redirectedTo ? `, and ${redirectedTo} is paid` : ''}.\n`, screen.columns) +
    table(screen, ruleColumns, rules) +
    wrapText(`${end}\n`, screen.columns)
  )
}

/** Reasons are printed in full, however long they are. */
const ruleColumns: readonly Column<Rule>[] = [
  { header: 'Verdict', cell: ({ verdict }) => (verdict === 'rejected' ? 'NO' : verdict) },
  { header: 'Rule', cell: ({ rule }) => rule, wraps: true, shrink: { order: 2, min: 18 } },
  { header: 'What it says', cell: ({ text }) => text, wraps: true, shrink: { order: 1, min: 24 } }
]
