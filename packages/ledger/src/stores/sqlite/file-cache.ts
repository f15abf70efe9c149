import type { LedgerFile, Statement } from './ledger-file.js'
import { RowCache } from './row-cache.js'
import { SqliteSums } from './sqlite-sums.js'

/** What this session knows of the file, for as long as nobody else writes to it. */
export class FileCache {
  readonly #version: Statement<{ data_version: bigint }>
  readonly #rows = new RowCache()
  readonly #sums: SqliteSums
  #isFresh = false

  constructor(file: LedgerFile) {
    this.#version = file.prepare('PRAGMA data_version')
    this.#sums = new SqliteSums(file)
  }

  /** Starts a transaction or a read, which checks what is cached where it needs something of it. */
  begin(): void {
    this.#isFresh = false
  }

  get rows(): RowCache {
    this.#refresh()
    return this.#rows
  }

  get sums(): SqliteSums {
    this.#refresh()
    return this.#sums
  }

  /** What was written here does not hold. */
  forget(version?: bigint): void {
    this.#rows.clear(version)
    this.#sums.forget()
  }

  /** `data_version` changes when another connection writes, not when this one does. */
  #refresh(): void {
    if (this.#isFresh) return
    const [row] = this.#version.all()
    if (!this.#rows.isOf(row?.data_version)) this.forget(row?.data_version)
    this.#isFresh = true
  }
}
