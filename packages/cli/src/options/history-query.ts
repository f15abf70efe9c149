import { payerOf, stateWord } from '@bursar/audit'
import { type HistoryQuery, type Ledger, type Purchase, sameAddress } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'
import { networkNamed } from './network-names.js'
import { parseTime } from './parse-time.js'
import type { StateName } from './state-names.js'
import { purchasesOf } from './test-money.js'

/** Which purchases are read. */
export interface HistoryOptions {
  /** Days back. */
  readonly days?: number
  /** A date, or a date and time: from then on. */
  readonly from?: string
  /** A date, which counts whole, or a date and time: until then. */
  readonly to?: string
  readonly state?: StateName
  readonly host?: string
  readonly network?: string
  /** The address that pays. */
  readonly payer?: string
  /** Each as `name=value`. */
  readonly label?: readonly string[]
  /** The most purchases. */
  readonly limit?: number
}

const DAY_MS = 86_400_000

/** Unix milliseconds of a time some days ago. */
export function daysAgo(days: number): number {
  return Date.now() - days * DAY_MS
}

/** Reads purchases, newest first, as the options narrow them. @throws {UsageError} when one is malformed. */
export function readHistory(
  { env, timeZone }: Pick<CommandContext, 'env' | 'timeZone'>,
  ledger: Ledger,
  options: HistoryOptions
): AsyncIterable<Purchase> {
  return narrowed(purchasesOf(env, ledger.history(historyQuery(options, timeZone))), options)
}

/** What the ledger itself is asked for. @throws {UsageError} when an option is malformed. */
function historyQuery(options: HistoryOptions, timeZone: string): HistoryQuery {
  const { days, from, to, state, host, network, label = [] } = options
  if (days !== undefined && from !== undefined) throw new UsageError('--days and --from exclude each other')
  return {
    ...(days === undefined ? {} : { fromMs: daysAgo(days) }),
    ...(from === undefined ? {} : { fromMs: parseTime(from, { timeZone, edge: 'start' }) }),
    ...(to === undefined ? {} : { untilMs: parseTime(to, { timeZone, edge: 'end' }) }),
    ...(state === undefined ? {} : { state: state === 'undelivered' ? 'settled' : state }),
    ...(host === undefined ? {} : { host }),
    ...(network === undefined ? {} : { network: networkNamed(network).id }),
    ...(label.length === 0 ? {} : { labels: Object.fromEntries(label.map(parseLabel)) })
  }
}

async function* narrowed(
  history: AsyncIterable<Purchase>,
  { state, payer, limit = Number.POSITIVE_INFINITY }: HistoryOptions
): AsyncGenerator<Purchase, void, undefined> {
  let count = 0
  for await (const purchase of history) {
    if (state !== undefined && stateWord(purchase) !== state) continue
    if (payer !== undefined && !sameAddress(payerOf(purchase), payer)) continue
    yield purchase
    if (++count >= limit) return
  }
}

function parseLabel(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--label wants name=value, not "${text.slice(0, 40)}"`)
  return [text.slice(0, at), text.slice(at + 1)]
}
