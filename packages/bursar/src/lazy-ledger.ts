import type { Ledger } from '@bursar/core'

/** A ledger that is opened by the first who asks it for something. One that does not open is tried again by the next. */
export function lazyLedger(open: () => Promise<Ledger>): Ledger {
  let opening: Promise<Ledger> | undefined
  const ledger = (): Promise<Ledger> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    reserve: async (reservation, sign) => (await ledger()).reserve(reservation, sign),
    check: async (reservation) => (await ledger()).check(reservation),
    recordEvent: async (id, event) => (await ledger()).recordEvent(id, event),
    resume: async (query) => (await ledger()).resume(query),
    get: async (id) => (await ledger()).get(id),
    find: async (name) => (await ledger()).find(name),
    outstanding: async () => (await ledger()).outstanding(),
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
