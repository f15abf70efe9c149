import type { Job, JobQuery, Purchase } from '@bursar/core'
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
import type { LedgerFile } from './ledger-file.js'
import { SELECT_ROW, type SqliteRow } from './statements.js'

/** Purchases that were made before one, newest first. */
export function readPurchases(
  file: LedgerFile,
  query: PurchaseFilter,
  before: bigint | undefined
): Page<Purchase> {
  return purchasesPage(readRows<SqliteRow>(file, SELECT_ROW, purchaseConditions(query, before)), query)
}

/** Jobs that were noted before one, newest first. */
export function readJobs(file: LedgerFile, query: JobQuery, before: bigint | undefined): Page<Job> {
  return jobsPage(readRows<JobRow>(file, 'SELECT * FROM jobs', jobConditions(query, before)))
}

function readRows<Row>(file: LedgerFile, select: string, conditions: readonly Condition[]): readonly Row[] {
  const where = conditions.map(([comparison]) => `${comparison} ?`).join(' AND ')
  const statement = file.prepare<Row>(`${select} WHERE ${where} ORDER BY seq DESC LIMIT ${PAGE_ROWS}`)
  return statement.all(...conditions.map(([, value]) => value))
}
