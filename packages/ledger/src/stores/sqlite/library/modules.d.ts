/** What is used of the SQLite that comes with Bun. */
declare module 'bun:sqlite' {
  export interface Statement<Row> {
    all(...values: readonly unknown[]): Row[]
    run(...values: readonly unknown[]): { readonly lastInsertRowid: number | bigint }
  }

  export interface DatabaseOptions {
    readonly create: boolean
    readonly readwrite: boolean
    readonly safeIntegers: boolean
  }

  export class Database {
    constructor(path: string, options: DatabaseOptions)
    prepare<Row>(sql: string): Statement<Row>
    /** Runs one statement, or several where there are no values. */
    run(sql: string): unknown
    close(): void
  }
}

/** What is used of the SQLite that comes with Node (from 22.13) and Deno. */
declare module 'node:sqlite' {
  export interface StatementSync {
    setReadBigInts(isOn: boolean): void
    all(...values: readonly unknown[]): unknown[]
    run(...values: readonly unknown[]): { readonly lastInsertRowid: number | bigint }
  }

  export class DatabaseSync {
    constructor(path: string)
    prepare(sql: string): StatementSync
    exec(sql: string): void
    close(): void
  }

  /** Copies a database page by page. */
  export function backup(
    source: DatabaseSync,
    path: string,
    options: { readonly rate: number }
  ): Promise<number>
}
