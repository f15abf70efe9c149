import { type Ledger, type LedgerStatus, reservationError } from '@bursar/core'
import { conflictError, frozenResumptionError, unresumedError } from './errors.js'
import { once } from './once.js'
import { hostOf } from './rules/host.js'
import {
  assertWellFormed,
  assertWellFormedNote,
  assertWellFormedText,
  withoutAbsentLabels
} from './rules/well-formed.js'
import { noteJobStep, recordDebitStep } from './steps/note-steps.js'
import { findStep, outstandingStep } from './steps/read-steps.js'
import type { Undone } from './steps/replay-step.js'
import { rejectionStep, reserveStep, usageStep } from './steps/reserve-step.js'
import { decideResumptionStep, lookStep, writeResumptionStep } from './steps/resume-step.js'
import { ask, type Step } from './steps/step.js'
import type { Store } from './steps/store.js'
import type { Page } from './steps/transaction.js'

/** The ledger over a store: every store's purchases follow the same steps, and the same rules. */
export function ledgerOn(store: Store): Ledger {
  /** A caller that was told it failed, or that gave up, must find nothing reserved by it. */
  const undoneIfItFails = <Value>(writing: Promise<Value>, undone: Undone): Promise<Value> =>
    writing.catch((error: unknown) => {
      store.undo(undone)
      throw error
    })

  return {
    async reserve(asked, { sign, signal } = {}) {
      const reservation = withoutAbsentLabels(asked)
      assertWellFormed(reservation)
      const isDurable = reservation.kind !== 'payment' || sign !== undefined
      // A store may run the step anew that its database refused: what was signed then is signed.
      const signOnce = sign && once(sign)
      const writing = store.write((tx) => reserveStep(tx, reservation, signOnce), { isDurable, signal })
      const reserved = await undoneIfItFails(writing, { id: reservation.id, attempt: 'reservation' })
      if ('purchase' in reserved) return reserved.purchase
      throw 'thrown' in reserved ? reserved.thrown : reservationError(reserved.rejection)
    },
    evaluate: (asked, options) => store.read((tx) => rejectionStep(tx, withoutAbsentLabels(asked)), options),
    recordEvent: (id, event, options) => store.record(id, event, options),
    async resume(query, { signal } = {}) {
      assertWellFormed({ name: query.name, labels: {} })
      // That a call was answered matters only to a caller that waits for that very purchase.
      const mayMiss = query.name === undefined && query.inFlight !== 'join' ? 'answers' : undefined
      for (;;) {
        // Nearly every call finds nothing to resume, so the look is a read and writes nothing.
        const decided = await store.read((tx) => decideResumptionStep(tx, query), { signal, mayMiss })
        if ('resumption' in decided) return decided.resumption
        const { purchase } = decided.change
        // The process that signed it may have ended before the bytes were durable, and they are about to be sent.
        const options = { isDurable: true, signal }
        const writing = store.write((tx) => writeResumptionStep(tx, query, purchase.id), options)
        const undone = { id: purchase.id, attempt: 'resumption' } as const
        const taken = await undoneIfItFails(writing, undone).catch((error: unknown) => {
          throw unresumedError(error, purchase)
        })
        if ('resumption' in taken) return taken.resumption
        if ('frozen' in taken) throw frozenResumptionError(taken.frozen.reason, taken.purchase)
      }
    },
    look: (query, options) => store.read((tx) => lookStep(tx, query), options),
    find: (query, options) => store.read((tx) => findStep(tx, query), options),
    usage: (budgets, options) => store.read((tx) => usageStep(tx, budgets), options),
    lastCost: ({ origin, path }, options) =>
      store.read((tx) => ask(tx.lastCost(hostOf(origin), path)), options),
    status: (options) =>
      store.read(
        function* (tx): Step<LedgerStatus> {
          const [frozen, restored] = [yield* ask(tx.frozen()), yield* ask(tx.restored())]
          const forgottenUntilMs = tx.forgottenUntilMs && (yield* ask(tx.forgottenUntilMs()))
          return { frozen, restored, forgottenUntilMs, unwritten: store.unwritten() }
        },
        { ...options, mayMiss: 'anything' }
      ),
    async noteJob(note, options) {
      assertWellFormedNote(note)
      if (await store.write((tx) => noteJobStep(tx, note), options)) return
      throw conflictError(note.purchase ?? '', 'absent', 'the buyer of a job')
    },
    jobs: (query = {}) => eachOf((before) => store.read((tx) => ask(tx.jobs(query, before)))),
    recordDebit: (debit) => store.write((tx) => recordDebitStep(tx, debit), { isDurable: true }),
    markReconciled: () => store.write((tx) => ask(tx.setReconciled()), { isDurable: true }),
    outstanding: (options) => store.read(outstandingStep, options),
    history: (query = {}) => eachOf((before) => store.read((tx) => ask(tx.history(query, before)))),
    async freeze(reason) {
      if (reason !== undefined) assertWellFormedText('The reason', reason)
      await store.write(
        (tx) =>
          ask(tx.setFrozen(reason === undefined ? undefined : { reason, sinceMs: tx.nowMs, by: store.who })),
        { isDurable: true }
      )
    },
    close: () => store.close()
  }
}

/** Reads a list page by page, as it is asked for. */
async function* eachOf<Item>(
  read: (before: bigint | undefined) => Promise<Page<Item>>
): AsyncGenerator<Item, void, undefined> {
  for (let before: bigint | undefined; ; ) {
    const { items, next } = await read(before)
    yield* items
    if (next === undefined) return
    before = next
  }
}
