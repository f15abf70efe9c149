import { loadOnce } from '../load-once.js'
import type { Ledger } from './ledger.js'

/** A ledger that is opened by the first who asks it for something. One that does not open is tried again by the next. */
export function lazyLedger(open: () => Promise<Ledger>): Ledger {
  let opening: Promise<Ledger> | undefined
  const openOnce = loadOnce(open)
  const ledger = (): Promise<Ledger> => {
    opening = openOnce()
    return opening
  }
  return {
    reserve: async (...asked) => (await ledger()).reserve(...asked),
    evaluate: async (...asked) => (await ledger()).evaluate(...asked),
    recordEvent: async (...asked) => (await ledger()).recordEvent(...asked),
    resume: async (...asked) => (await ledger()).resume(...asked),
    find: async (...asked) => (await ledger()).find(...asked),
    usage: async (...asked) => (await ledger()).usage(...asked),
    lastCost: async (...asked) => (await ledger()).lastCost(...asked),
    status: async (...asked) => (await ledger()).status(...asked),
    noteJob: async (...asked) => (await ledger()).noteJob(...asked),
    recordDebit: async (...asked) => (await ledger()).recordDebit(...asked),
    markReconciled: async () => (await ledger()).markReconciled(),
    outstanding: async (...asked) => (await ledger()).outstanding(...asked),
    async *jobs(query) {
      yield* (await ledger()).jobs(query)
    },
    async *history(query) {
      yield* (await ledger()).history(query)
    },
    freeze: async (reason) => (await ledger()).freeze(reason),
    async close() {
      const opened = await opening?.catch(() => undefined)
      await opened?.close()
    }
  }
}
