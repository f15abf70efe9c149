import { isBursarError, type Purchase } from '@bursar/core'
import { unavailableError } from '../src/errors.js'
import type {
  DatabaseFailure,
  DatabaseTransaction,
  SessionDatabase
} from '../src/session/session-database.js'
import type { SessionNote } from '../src/session/session-driver.js'
import type { Reads } from '../src/steps/transaction.js'

/** What becomes of a transaction: it is refused, never answered, or held without a word. */
type Failure = 'passing' | 'lasting' | 'silent' | 'unclear'

class ScriptedFailure extends Error {
  readonly isPassing: boolean

  constructor(isPassing: boolean) {
    super('on purpose')
    this.isPassing = isPassing
  }
}

/** A transaction that keeps what was said in it. Only what the tests of a queue need is there. */
export class MemoryTransaction implements Partial<DatabaseTransaction> {
  readonly nowMs: number
  readonly changed: readonly Purchase[] = []
  readonly said: string[] = []
  readonly notes: SessionNote[] = []
  readonly written: number

  constructor(written: number, nowMs = 0) {
    this.written = written
    this.nowMs = nowMs
  }

  byId(): undefined {}

  noteSession(note: SessionNote): void {
    this.notes.push(note)
  }
}

/** A database that fails as its script says. */
export class ScriptedDatabase implements SessionDatabase {
  /** What becomes of the next transactions. */
  readonly failures: Failure[] = []
  /** What was said in each transaction that holds. */
  readonly committed: (readonly string[])[] = []
  readonly sessionNotes: SessionNote[] = []
  tries = 0
  #written = 0

  nowMs(): number {
    return 0
  }

  async transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    this.tries++
    const failure = this.failures.shift()
    if (failure === 'silent') await new Promise(() => {})
    const store = new MemoryTransaction(this.#written)
    const value = await run(store as unknown as DatabaseTransaction)
    if (failure === 'passing' || failure === 'lasting') throw new ScriptedFailure(failure === 'passing')
    this.#written = number
    if (store.said.length > 0) this.committed.push(store.said)
    this.sessionNotes.push(...store.notes)
    if (failure === 'unclear') throw new ScriptedFailure(true)
    return value
  }

  async read<Value>(run: (store: Reads) => Promise<Value>): Promise<Value> {
    return run(new MemoryTransaction(this.#written) as unknown as Reads)
  }

  failureOf(error: unknown): DatabaseFailure | undefined {
    if (isBursarError(error)) return { error, isPassing: false }
    if (!(error instanceof ScriptedFailure)) return undefined
    return { error: unavailableError('it failed on purpose', error), isPassing: error.isPassing }
  }

  async close(): Promise<void> {}
}
