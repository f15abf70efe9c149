import type { HistoryQuery, Job, JobQuery, Purchase } from '@bursar/core'
import { normalizeHost } from '../../rules/host.js'
import type { Page } from '../../steps/transaction.js'
import { matches } from '../history-filter.js'
import { decodePurchase } from '../stored-purchase.js'
import { type PostgresRow, SELECT_ROW } from './postgres-row.js'
import type { Runner } from './runner.js'

/** How many rows are read at a time. */
const PAGE = 500
const NEWEST = 2n ** 63n - 1n

type Condition = readonly [sql: string, value: unknown]

/** Purchases that were made before one, newest first. */
export async function readPurchases(
  runner: Runner,
  query: HistoryQuery,
  before = NEWEST
): Promise<Page<Purchase>> {
  const { fromMs, untilMs, host, network, state, job } = query
  const rows = await readRows<PostgresRow>(runner, SELECT_ROW, [
    ['seq <', before],
    ['reserved_at >=', fromMs],
    ['reserved_at <', untilMs],
    ['host =', host === undefined ? undefined : normalizeHost(host)],
    ['network =', network],
    ['state =', state],
    ['job =', job]
  ])
  return {
    items: rows.map(decodePurchase).filter((purchase) => matches(purchase, query)),
    next: nextOf(rows)
  }
}

interface JobRow {
  readonly seq: string
  readonly job: string
  readonly purchase: string | null
  readonly origin: string
  readonly labels: string
  readonly noted_at: string
}

/** Jobs that were noted before one, newest first. */
export async function readJobs(
  runner: Runner,
  { fromMs, job }: JobQuery,
  before = NEWEST
): Promise<Page<Job>> {
  const rows = await readRows<JobRow>(runner, 'SELECT * FROM bursar_jobs', [
    ['seq <', before],
    ['noted_at >=', fromMs],
    ['job =', job]
  ])
  return { items: rows.map(jobOf), next: nextOf(rows) }
}

function jobOf({ job, purchase, origin, labels, noted_at: notedAt }: JobRow): Job {
  const note = { job, origin, labels: JSON.parse(labels) as Job['labels'], notedAtMs: Number(notedAt) }
  return purchase === null ? note : { ...note, purchase }
}

function readRows<Row>(runner: Runner, select: string, all: readonly Condition[]): Promise<Row[]> {
  const conditions = all.filter(([, value]) => value !== undefined)
  const where = conditions.map(([condition], index) => `${condition} $${index + 1}`).join(' AND ')
  const values = conditions.map(([, value]) => value)
  return runner.rows<Row>(`${select} WHERE ${where} ORDER BY seq DESC LIMIT ${PAGE}`, values)
}

function nextOf(rows: readonly { readonly seq: string }[]): bigint | undefined {
  const last = rows.length === PAGE ? rows.at(-1) : undefined
  return last && BigInt(last.seq)
}
