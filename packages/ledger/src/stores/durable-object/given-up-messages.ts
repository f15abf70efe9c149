import type { LedgerFile } from '../sqlite/ledger-file.js'

/** Longer than any message is on its way. */
const KEPT_MS = 86_400_000

/**
 * The messages of one session that it has given up, and that may come later than what it sent since. The platform keeps no order
 * among the messages of a Worker: one that was undone before it came would be done for nobody, and be undone by nobody.
 */
export class GivenUpMessages {
  readonly #file: LedgerFile
  readonly #session: string

  constructor(file: LedgerFile, session: string) {
    this.#file = file
    this.#session = session
  }

  /** Notes messages that are not to be done any more. */
  note(numbers: readonly number[], nowMs: number): void {
    if (numbers.length === 0) return
    const old = "DELETE FROM settings WHERE key LIKE 'given-up %' AND CAST(value AS INTEGER) < ?"
    this.#file.prepare(old).run(BigInt(nowMs - KEPT_MS))
    const write = this.#file.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)')
    for (const number of numbers) write.run(this.#keyOf(number), String(nowMs))
  }

  /** @throws {TypeError} for a message that was given up before it came. Nobody waits for its answer. */
  assertWanted(number: number): void {
    const found = this.#file.prepare('SELECT 1 AS found FROM settings WHERE key = ?').all(this.#keyOf(number))
    if (found.length > 0) throw new TypeError('The message came after its session had given it up')
  }

  #keyOf(number: number): string {
    return `given-up ${this.#session} ${number}`
  }
}
