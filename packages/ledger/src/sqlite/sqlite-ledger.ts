import { randomUUID } from 'node:crypto'
import { type Clock, type Ledger, type Purchase, systemClock } from '@bursar/core'
import { asSignerThrew } from '../sign-within.js'
import { unavailable } from '../unavailable.js'
import { Book } from './book.js'
import { type Attendant, CommitQueue, type Durability } from './commit-queue.js'
import { LateEvents } from './late-events.js'
import { defaultPath, openLedgerFile, reasonFor } from './ledger-file.js'
import { BEAT_MS, Sessions } from './sessions.js'

/** How a ledger's file is used. */
export interface SqliteLedgerOptions {
  /** Default: `$BURSAR_HOME/ledger.db`, else `bursar/ledger.db` in the user's data folder (`$XDG_DATA_HOME`). */
  readonly path?: string
  /**
   * What a signed payment survives before it is sent. `power-cut` (default) waits for the disk once a payment, about
   * 0.3 ms. `process` does not: a killed process loses nothing, a machine that stops may lose the last payments, and
   * with them the knowledge that they are out.
   */
  readonly durability?: Durability
  readonly clock?: Clock
}

/**
 * Opens the ledger in a SQLite file that any number of processes on this machine may share.
 *
 * @throws {BursarError} `ledger/unavailable` when the file cannot be opened, is damaged, or is of a later version.
 */
export function sqliteLedger(options: SqliteLedgerOptions = {}): Ledger {
  const { path = defaultPath(), durability = 'power-cut', clock = systemClock } = options
  const file = openLedgerFile(path)
  const sessions = new Sessions(file, randomUUID())
  const book = new Book(file, sessions)
  const late = new LateEvents()
  const queue = new CommitQueue(file, path, durability, attendantOf(book, late))
  let closed = false
  const refuseClosed = (): void => {
    if (closed) throw unavailable('it was closed')
  }
  const write = async <Value>(run: () => Value, durable = false): Promise<Value> => {
    refuseClosed()
    return queue.push(run, durable)
  }
  const know = (purchase: Purchase): Purchase => {
    late.know(purchase)
    return purchase
  }
  const guarded = <Value>(run: () => Value): Value => {
    try {
      return run()
    } catch (error) {
      throw reasonFor(error)
    }
  }
  const read = async <Value>(run: () => Value): Promise<Value> => {
    refuseClosed()
    if (late.waits(true)) queue.flush(true)
    return guarded(() => {
      book.refresh()
      return run()
    })
  }
  write(() => {
    sessions.beat(clock.nowMs())
    sessions.forgetOld(clock.nowMs())
    book.endAbandoned(clock.nowMs())
    // What cannot be written now cannot be written by the first payment, and that one says so.
  }).catch(() => {})
  const beating = setInterval(() => {
    // A beat that cannot be written is a call that cannot either, and that one says so.
    write(() => sessions.beat(clock.nowMs())).catch(() => {})
  }, BEAT_MS).unref()
  return {
    async reserve(reservation, sign) {
      const durable = reservation.offer.dialect === 'account' || sign !== undefined
      return know(await asSignerThrew(write(() => book.reserve(reservation, clock.nowMs(), sign), durable)))
    },
    check: (reservation) => read(() => book.refusal(reservation, clock.nowMs())),
    async recordEvent(id, event) {
      refuseClosed()
      const later = late.take(id, event, clock.nowMs())
      if (later) {
        queue.soon()
        return later
      }
      const durable = event.type === 'signed' || event.type === 'replaced'
      return know(await write(() => book.advance(id, event, clock.nowMs()), durable))
    },
    async resume(query) {
      refuseClosed()
      // Nearly every call asks and finds nothing, for which nothing need be written, late events included: those are of
      // calls that go on.
      if (!guarded(() => book.hasClaimable(query, clock.nowMs()))) return undefined
      const claimed = await write(() => book.claim(query, clock.nowMs()))
      return claimed && know(claimed)
    },
    get: (id) => read(() => book.get(id)),
    find: (name) => read(() => book.find(name, clock.nowMs())),
    outstanding: () => read(() => book.outstanding(clock.nowMs())),
    async *history(query = {}) {
      for (let before: bigint | undefined; ; ) {
        const page = await read(() => book.page(query, before))
        yield* page.purchases
        if (page.next === undefined) return
        before = page.next
      }
    },
    freeze: (reason) => write(() => book.freeze(reason), true),
    async close() {
      if (closed) return
      closed = true
      clearInterval(beating)
      await queue.drain()
      try {
        sessions.end(clock.nowMs())
        // The log still holds the bytes that paid, long after they have left the file.
        file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      } catch {
        // Another process is reading; the last one to close empties the log.
      }
      queue.close()
      file.close()
    }
  }
}

/** Before what callers want comes what happened earlier, and after it what is written once for all of them. */
function attendantOf(book: Book, late: LateEvents): Attendant {
  return {
    waits: (all) => late.waits(all),
    begin(all) {
      book.refresh()
      for (const [id, change] of late.pending(all)) book.change(id, change)
    },
    end: () => book.flush(),
    done: (holds) => (holds ? late.written() : book.forget())
  }
}
