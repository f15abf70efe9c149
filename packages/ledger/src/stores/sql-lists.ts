import type { Job, JobQuery, Purchase } from '@bursar/core'
import { normalizeHost } from '../rules/host.js'
import type { Page, PurchaseFilter } from '../steps/transaction.js'
import { matches } from './history-filter.js'
import { decodePurchase, type StoredPurchase } from './stored-purchase.js'

/** How many rows of a list are read at a time. */
export const PAGE_ROWS = 500

const NEWEST = 2n ** 63n - 1n

/** A column and how it is compared, such as `host =`, and the value. */
export type Condition = readonly [comparison: string, value: bigint | string]

/** A row with its number in the order of the list, which PostgreSQL's driver reads as text. */
interface NumberedRow {
  readonly seq: bigint | string
}

/** A row of the table of jobs. */
export interface JobRow extends NumberedRow {
  readonly job: string
  readonly purchase: string | null
  readonly origin: string
  readonly labels: string
  readonly noted_at: bigint | string
}

/** What only the database at hand knows. */
interface Dialect {
  /** The column of ids, in an expression that is compared byte by byte. */
  readonly idBytes: string
}

/** What the columns can tell of a query for purchases. What they cannot is left to {@link purchasesPage}. */
export function purchaseConditions(
  query: PurchaseFilter,
  before = NEWEST,
  { idBytes }: Dialect = { idBytes: 'id' }
): readonly Condition[] {
  const { fromMs, untilMs, host, network, state, job, idPrefix, pricedPath } = query
  return [
    ['seq <', before],
    ...condition('reserved_at >=', atMs(fromMs)),
    ...condition('reserved_at <', atMs(untilMs)),
    ...condition('host =', host === undefined ? undefined : normalizeHost(host)),
    ...condition('path =', pricedPath),
    ...condition('network =', network),
    ...condition('state =', state),
    ...condition('job =', job),
    ...condition(`${idBytes} >=`, idPrefix),
    ...condition(`${idBytes} <`, idPrefix === undefined ? undefined : `${idPrefix}\u{10FFFF}`)
  ]
}

/** A query for jobs. */
export function jobConditions({ fromMs, job }: JobQuery, before = NEWEST): readonly Condition[] {
  return [['seq <', before], ...condition('noted_at >=', atMs(fromMs)), ...condition('job =', job)]
}

/** A page of purchases from its rows. */
export function purchasesPage(
  rows: readonly (NumberedRow & StoredPurchase)[],
  query: PurchaseFilter
): Page<Purchase> {
  return {
    items: rows.map(decodePurchase).filter((purchase) => matches(purchase, query)),
    next: nextOf(rows)
  }
}

/** A page of jobs from its rows. */
export function jobsPage(rows: readonly JobRow[]): Page<Job> {
  return { items: rows.map(jobOf), next: nextOf(rows) }
}

function condition(comparison: string, value: bigint | string | undefined): readonly Condition[] {
  return value === undefined ? [] : [[comparison, value]]
}

/** A bound need not be a whole number of milliseconds: no row lies between two of them. */
function atMs(ms: number | undefined): bigint | undefined {
  return ms === undefined ? undefined : BigInt(Math.ceil(ms))
}

/** A job from its row. */
export function jobOf({ job, purchase, origin, labels, noted_at: notedAt }: JobRow): Job {
  const note = { job, origin, labels: JSON.parse(labels) as Job['labels'], notedAtMs: Number(notedAt) }
  return purchase === null ? note : { ...note, purchase }
}

function nextOf(rows: readonly NumberedRow[]): bigint | undefined {
  const last = rows.length === PAGE_ROWS ? rows.at(-1) : undefined
  return last && BigInt(last.seq)
}
