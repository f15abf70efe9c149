import {
  authorizationOf,
  evidenceOf,
  formatUsdc,
  loadOnce,
  ownAmountOf,
  type Purchase,
  settledAtMsOf,
  tokensOf,
  transactionOf
} from '@bursar/core'
import { networkName } from '@bursar/core/registry'
import type { EvidenceVerdict } from './evidence/judge-evidence.js'
import { stateWord } from './state-word.js'

/** Loads what verifies signatures, with the first purchase that has any. */
const loadJudge = loadOnce(() => import('./evidence/judge-evidence.js'))

const columns = [
  'id',
  'kind',
  'name',
  'reserved_at',
  'settled_at',
  'state',
  'answered',
  'method',
  'host',
  'path',
  'amount',
  'amount_atomic',
  'symbol',
  'usd',
  'rate',
  'test',
  'network',
  'network_name',
  'asset',
  'payer',
  'pay_to',
  'reference',
  'transaction',
  'job',
  'input_tokens',
  'output_tokens',
  'labels'
] as const

/** What is shown of a purchase outside of the program: nothing that pays, amounts and times as text. */
export type PurchaseRecord = Readonly<Record<(typeof columns)[number], string>>

/** A purchase as text: amounts as decimals, `usd` what counts against the limits, times in RFC 3339, labels in JSON. */
export function purchaseRecord(purchase: Purchase): PurchaseRecord {
  const { id, kind, name, call, method, origin, path, offer, job } = purchase
  const authorization = authorizationOf(purchase)
  const transaction = transactionOf(purchase)
  const settledAtMs = settledAtMsOf(purchase)
  const { reservedAtMs, labels } = purchase
  const tokens = tokensOf(purchase)
  return {
    id,
    kind,
    name: name ?? '',
    reserved_at: timeOf(reservedAtMs),
    settled_at: settledAtMs === undefined ? '' : timeOf(settledAtMs),
    state: stateWord(purchase),
    answered: call === 'answered' ? 'yes' : 'no',
    method,
    host: origin.slice(origin.indexOf('//') + 2),
    path,
    ...ownAmountOf(offer),
    amount_atomic: String(offer.amountAtomic),
    usd: formatUsdc(offer.cost),
    rate: offer.token?.rate ?? '',
    test: offer.isTest ? 'yes' : 'no',
    network: offer.network,
    network_name: networkName(offer.network),
    asset: offer.asset,
    payer: authorization?.payer ?? '',
    pay_to: offer.payTo,
    reference: authorization?.reference ?? '',
    transaction: transaction ?? '',
    job: job ?? '',
    input_tokens: countOf(tokens?.input),
    output_tokens: countOf(tokens?.output),
    labels: JSON.stringify(labels)
  }
}

/** Purchases as lines of CSV, a header first, as they are read. @see RFC 4180 */
export async function* csvLines(history: AsyncIterable<Purchase>): AsyncGenerator<string, void, undefined> {
  yield `${columns.join(',')}\r\n`
  for await (const purchase of history) {
    const record = purchaseRecord(purchase)
    yield `${columns.map((column) => csvField(record[column])).join(',')}\r\n`
  }
}

/** Purchases as lines of JSON, as they are read, with what the seller signed of them, where it signs, and what that is worth. */
export async function* jsonLines(history: AsyncIterable<Purchase>): AsyncGenerator<string, void, undefined> {
  for await (const purchase of history) {
    const { labels } = purchase
    const [evidence, signatures] = [evidenceOf(purchase), await evidenceVerdict(purchase)]
    const record = { ...purchaseRecord(purchase), labels, evidence, signatures }
    yield `${JSON.stringify(record)}\n`
  }
}

/** What the statements are worth that a seller signed of a purchase; nothing where it signed none. It asks nobody. */
export async function evidenceVerdict(purchase: Purchase): Promise<EvidenceVerdict | undefined> {
  return evidenceOf(purchase) && (await loadJudge()).judgeEvidence(purchase)
}

/** A server chooses paths and transactions, so text that a spreadsheet would run as a formula is escaped. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function countOf(tokens: number | undefined): string {
  return tokens === undefined ? '' : String(tokens)
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}
