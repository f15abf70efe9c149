/** Where statements are run, within a transaction. */
export interface Runner {
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}
