import type { HistoryQuery, Job, JobQuery, Purchase } from '@bursar/core'
import { normalizeHost } from '../../rules/host.js'
import type { Page } from '../../steps/transaction.js'
import { matches } from '../history-filter.js'
import { decodePurchase } from '../stored-purchase.js'
import type { LedgerFile } from './ledger-file.js'
import { SELECT_ROW, type SqliteRow } from './statements.js'

/** How many rows are read at a time. */
const PAGE = 500

type Condition = readonly [sql: string, value: unknown]

/** Purchases that were made before one, newest first. */
export function readPurchases(
  file: LedgerFile,
  query: HistoryQuery,
  before: bigint | undefined
): Page<Purchase> {
  const { fromMs, untilMs, host, network, state, job } = query
  const conditions = conditionsOf([
    ['purchases.seq < ?', before ?? 2n ** 62n],
    ['reserved_at >= ?', fromMs === undefined ? undefined : BigInt(fromMs)],
    ['reserved_at < ?', untilMs === undefined ? undefined : BigInt(untilMs)],
    ['host = ?', host === undefined ? undefined : normalizeHost(host)],
    ['network = ?', network],
    ['state = ?', state],
    ['job = ?', job]
  ])
  const rows = readRows<SqliteRow>(file, `${SELECT_ROW} WHERE`, conditions, 'purchases.seq')
  return {
    items: rows.map(decodePurchase).filter((purchase) => matches(purchase, query)),
    next: nextOf(rows)
  }
}

interface JobRow {
  readonly seq: bigint
  readonly job: string
  readonly purchase: string | null
  readonly origin: string
  readonly labels: string
  readonly noted_at: bigint
}

/** Jobs that were noted before one, newest first. */
export function readJobs(file: LedgerFile, { fromMs, job }: JobQuery, before: bigint | undefined): Page<Job> {
  const conditions = conditionsOf([
    ['seq < ?', before ?? 2n ** 62n],
    ['noted_at >= ?', fromMs === undefined ? undefined : BigInt(fromMs)],
    ['job = ?', job]
  ])
  const rows = readRows<JobRow>(file, 'SELECT * FROM jobs WHERE', conditions, 'seq')
  return { items: rows.map(jobOf), next: nextOf(rows) }
}

function jobOf({ job, purchase, origin, labels, noted_at: notedAt }: JobRow): Job {
  const note = { job, origin, labels: JSON.parse(labels) as Job['labels'], notedAtMs: Number(notedAt) }
  return purchase === null ? note : { ...note, purchase }
}

function conditionsOf(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(([, value]) => value !== undefined)
}

function readRows<Row>(
  file: LedgerFile,
  select: string,
  conditions: readonly Condition[],
  order: string
): readonly Row[] {
  const where = conditions.map(([sql]) => sql).join(' AND ')
  const statement = file.prepare<Row>(`${select} ${where} ORDER BY ${order} DESC LIMIT ${PAGE}`)
  return statement.all(...conditions.map(([, value]) => value))
}

function nextOf(rows: readonly { readonly seq: bigint }[]): bigint | undefined {
  return rows.length === PAGE ? rows.at(-1)?.seq : undefined
}
