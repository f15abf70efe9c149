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
import type { LedgerFile, Statement } from './ledger-file.js'
import { SELECT_ROW, type SqliteRow } from './statements.js'

/**
 * The lists of a ledger's file, page by page. Each statement is prepared once: what SQLite holds for one is freed late, and a
 * long list has thousands of pages.
 */
export class SqliteLists {
  readonly #file: LedgerFile
  readonly #purchases = new Map<string, Statement<SqliteRow>>()
  readonly #jobs = new Map<string, Statement<JobRow>>()

  constructor(file: LedgerFile) {
    this.#file = file
  }

  /** Purchases that were made before one, newest first. */
  purchases(query: PurchaseFilter, before: bigint | undefined): Page<Purchase> {
    const conditions = purchaseConditions(query, before)
    return purchasesPage(this.#read(this.#purchases, SELECT_ROW, conditions), query)
  }

  /** Jobs that were noted before one, newest first. */
  jobs(query: JobQuery, before: bigint | undefined): Page<Job> {
    return jobsPage(this.#read(this.#jobs, 'SELECT * FROM jobs', jobConditions(query, before)))
  }

  #read<Row>(
    prepared: Map<string, Statement<Row>>,
    select: string,
    conditions: readonly Condition[]
  ): readonly Row[] {
    const where = conditions.map(([comparison]) => `${comparison} ?`).join(' AND ')
    const statement =
      prepared.get(where) ??
      this.#file.prepare<Row>(`${select} WHERE ${where} ORDER BY seq DESC LIMIT ${PAGE_ROWS}`)
    prepared.set(where, statement)
    return statement.all(...conditions.map(([, value]) => value))
  }
}
