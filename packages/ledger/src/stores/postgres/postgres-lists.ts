import type { Job, JobQuery, Purchase } from '@bursar/core'
import type { QueryResultRow } from 'pg'
import type { Page, PurchaseFilter } from '../../steps/transaction.js'
import {
  type Condition,
  type JobRow,
  jobConditions,
  jobsPage,
  PAGE_ROWS,
  purchaseConditions,
  purchasesPage
} from '../sql-lists.js'
import { type PostgresRow, SELECT_ROW } from './postgres-row.js'
import type { Runner } from './runner.js'

/** Purchases that were made before one, newest first. */
export async function readPurchases(
  runner: Runner,
  query: PurchaseFilter,
  before: bigint | undefined
): Promise<Page<Purchase>> {
  const conditions = purchaseConditions(query, before, { idBytes: 'p.id COLLATE "C"' })
  const rows = await readRows<PostgresRow>(runner, SELECT_ROW, conditions)
  return purchasesPage(rows, query)
}

/** Jobs that were noted before one, newest first. */
export async function readJobs(
  runner: Runner,
  query: JobQuery,
  before: bigint | undefined
): Promise<Page<Job>> {
  return jobsPage(await readRows<JobRow>(runner, 'SELECT * FROM bursar_jobs', jobConditions(query, before)))
}

function readRows<Row extends QueryResultRow>(
  runner: Runner,
  select: string,
  conditions: readonly Condition[]
): Promise<Row[]> {
  const where = conditions.map(([comparison], index) => `${comparison} $${index + 1}`).join(' AND ')
  const values = conditions.map(([, value]) => value)
  return runner.rows<Row>(`${select} WHERE ${where} ORDER BY seq DESC LIMIT ${PAGE_ROWS}`, values)
}
