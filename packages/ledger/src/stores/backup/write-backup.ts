import { encode } from '../wire.js'
import type { BackupRow } from './backup-row.js'
import { CheckedLines } from './checked-lines.js'

/** What the first line says. */
export interface BackupHeader {
  readonly bursar: 'ledger'
  readonly version: typeof BACKUP_VERSION
  /** When it was made. Unix milliseconds. */
  readonly atMs: number
}

/** The version that this code writes and reads. */
export const BACKUP_VERSION = 1

const LINES_AT_ONCE = 500
const encoder = new TextEncoder()

/** Writes a backup, which holds secrets: lines of JSON, each with a checksum, for the header, each row, and how many there are. */
export class BackupWriter {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = []
  readonly #checked = new CheckedLines()
  #lines: string[] = []
  #rows = 0

  /** @param atMs when the ledger was as it is written. Unix milliseconds. */
  constructor(atMs: number) {
    const header: BackupHeader = { bursar: 'ledger', version: BACKUP_VERSION, atMs }
    this.#lines.push(this.#checked.seal(JSON.stringify(header)))
  }

  add(row: BackupRow): void {
    this.#rows++
    this.#lines.push(this.#checked.seal(encode(row)))
    // Bytes take less memory than text, and a ledger may be large.
    if (this.#lines.length >= LINES_AT_ONCE) this.#flush()
  }

  /** The whole backup, in parts. */
  finish(): readonly Uint8Array<ArrayBuffer>[] {
    this.#lines.push(this.#checked.seal(JSON.stringify({ rows: this.#rows })))
    this.#flush()
    return this.#chunks
  }

  #flush(): void {
    this.#chunks.push(encoder.encode(`${this.#lines.join('\n')}\n`))
    this.#lines = []
  }
}
