import { loadOnce } from '../load-once.js'
import type { Ledger } from './ledger.js'

/** A ledger that is opened by its first use. If that fails, the next use tries again. */
export function lazyLedger(open: () => Promise<Ledger>): Ledger {
  let opening: Promise<Ledger> | undefined
  let opened: Ledger | undefined
  const openOnce = loadOnce(open)
  const ledger = async (): Promise<Ledger> => {
    opening = openOnce()
    opened = await opening
    return opened
  }
  /** Nobody waits for a ledger that is open. */
  const ask = <Value>(question: (ledger: Ledger) => Promise<Value>): Promise<Value> =>
    opened ? question(opened) : ledger().then(question)
  return {
    reserve: (...asked) => ask((opened) => opened.reserve(...asked)),
    evaluate: (...asked) => ask((opened) => opened.evaluate(...asked)),
    recordEvent: (...asked) => ask((opened) => opened.recordEvent(...asked)),
    resume: (...asked) => ask((opened) => opened.resume(...asked)),
    look: (...asked) => ask((opened) => opened.look(...asked)),
    find: (...asked) => ask((opened) => opened.find(...asked)),
    usage: (...asked) => ask((opened) => opened.usage(...asked)),
    lastCost: (...asked) => ask((opened) => opened.lastCost(...asked)),
    hasBought: (...asked) => ask((opened) => opened.hasBought(...asked)),
    status: (...asked) => ask((opened) => opened.status(...asked)),
    noteJob: (...asked) => ask((opened) => opened.noteJob(...asked)),
    recordDebit: (...asked) => ask((opened) => opened.recordDebit(...asked)),
    markReconciled: () => ask((opened) => opened.markReconciled()),
    outstanding: (...asked) => ask((opened) => opened.outstanding(...asked)),
    undelivered: (...asked) => ask((opened) => opened.undelivered(...asked)),
    summed: (...asked) => ask((opened) => opened.summed(...asked)),
    async *jobs(query) {
      yield* (await ledger()).jobs(query)
    },
    async *history(query) {
      yield* (await ledger()).history(query)
    },
    freeze: (reason) => ask((opened) => opened.freeze(reason)),
    async close() {
      const opened = await opening?.catch(() => undefined)
      await opened?.close()
    }
  }
}
