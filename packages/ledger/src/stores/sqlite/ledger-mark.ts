import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync
} from 'node:fs'
import { isJsonObject } from '@bursar/core'

/** The mark beside a ledger's file: which ledger it was, and how many purchases it had made. */
export interface MarkedLedger {
  /** The ledger's own name. */
  readonly ledger: string
  /** How many purchases it had made. */
  readonly purchases: number
}

/** Every mark has the same length, so that one overwrites another. */
const LENGTH = 96

/** Where the mark of a ledger is. */
export function markPath(path: string): string {
  return `${path}-mark`
}

/**
 * Reads the mark beside a file.
 *
 * @returns nothing when there is none; a mark of no ledger when it cannot be read.
 */
export function readMark(path: string): MarkedLedger | undefined {
  if (!existsSync(markPath(path))) return undefined
  try {
    const mark: unknown = JSON.parse(readFileSync(markPath(path), 'utf8'))
    return isMarkedLedger(mark) ? mark : noLedger
  } catch {
    return noLedger
  }
}

const noLedger: MarkedLedger = { ledger: '', purchases: 0 }

function isMarkedLedger(value: unknown): value is MarkedLedger {
  return isJsonObject(value) && typeof value.ledger === 'string' && typeof value.purchases === 'number'
}

/**
 * Writes the mark beside a file, so that a removed file, or an older copy in its place, is noticed instead of looking
 * as if little was spent. The mark may lag behind the file, and is never ahead of it.
 */
export class LedgerMark {
  readonly #ledger: string
  readonly #file: number
  #purchases: number

  constructor(path: string, { ledger, purchases }: MarkedLedger) {
    this.#ledger = ledger
    this.#purchases = purchases
    createMark(markPath(path), this.#text())
    this.#file = openSync(markPath(path), 'r+')
    this.#write()
  }

  /** Notes that so many purchases were made and are on the disk. */
  note(purchases: number): void {
    if (purchases <= this.#purchases) return
    this.#purchases = purchases
    this.#write()
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(): void {
    // Bytes, since Deno appends a text, whatever the position.
    writeSync(this.#file, Buffer.from(this.#text()), 0, LENGTH, 0)
  }

  #text(): string {
    const text = JSON.stringify({ ledger: this.#ledger, purchases: this.#purchases })
    return text.padEnd(LENGTH, ' ')
  }
}

/** Makes a mark where there is none, at once with its text: one that is found empty would pass for another ledger's. */
function createMark(path: string, text: string): void {
  if (existsSync(path)) return
  const draft = `${path}-${randomUUID()}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch {
    // Another process was faster, or the file system knows no links.
    if (!existsSync(path)) renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}
