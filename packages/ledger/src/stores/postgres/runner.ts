import type { QueryResultRow } from 'pg'

/** Where statements are run, within a transaction. */
export interface Runner {
  rows<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}
