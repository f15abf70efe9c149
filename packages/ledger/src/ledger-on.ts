import type { Ledger } from '@bursar/core'
import { eachOf } from './calls/each-of.js'
import { reserve } from './calls/reserve.js'
import { resume } from './calls/resume.js'
import { conflictError } from './errors.js'
import { hostOf } from './rules/host.js'
import { pricedPath } from './rules/test-money.js'
import { assertWellFormedNote, assertWellFormedText, withoutAbsentLabels } from './rules/well-formed.js'
import { boughtStep } from './steps/bought-step.js'
import { noteJobStep, recordDebitStep } from './steps/note-steps.js'
import { findStep, outstandingStep, statusStep, summedStep, undeliveredStep } from './steps/read-steps.js'
import { rejectionStep, usageStep } from './steps/reserve-step.js'
import { lookStep } from './steps/resume-step.js'
import { ask } from './steps/step.js'
import type { Store } from './steps/store.js'

type Questions = Pick<
  Ledger,
  | 'evaluate'
  | 'look'
  | 'find'
  | 'usage'
  | 'lastCost'
  | 'hasBought'
  | 'status'
  | 'outstanding'
  | 'undelivered'
  | 'summed'
  | 'jobs'
  | 'history'
>

/** The ledger over a store: every store's purchases follow the same steps, and the same rules. */
export function ledgerOn(store: Store): Ledger {
  return {
    ...questionsOf(store),
    reserve: (reservation, options) => reserve(store, reservation, options),
    recordEvent: (id, event, options) => store.record(id, event, options),
    resume: (query, options) => resume(store, query, options),
    async noteJob(note, options) {
      assertWellFormedNote(note)
      if (await store.write((tx) => noteJobStep(tx, note), options)) return
      throw conflictError(note.purchase ?? '', 'absent', 'the buyer of a job')
    },
    recordDebit: (debit) => store.write((tx) => recordDebitStep(tx, debit), { isDurable: true }),
    markReconciled: () => store.write((tx) => ask(tx.setReconciled()), { isDurable: true }),
    freeze: (reason) => freeze(store, reason),
    close: () => store.close()
  }
}

/** What callers ask of a ledger. Nothing is written. */
function questionsOf(store: Store): Questions {
  return {
    evaluate: (terms, options) => store.read((tx) => rejectionStep(tx, withoutAbsentLabels(terms)), options),
    look(query, options) {
      const beganAtMs = store.nowMs() - (query.ageMs ?? 0)
      return store.read((tx) => lookStep(tx, query, beganAtMs), options)
    },
    find: (query, options) => store.read((tx) => findStep(tx, query), options),
    usage: (budgets, options) => store.read((tx) => usageStep(tx, budgets), options),
    lastCost: ({ origin, path, isTest }, options) =>
      store.read((tx) => ask(tx.lastCost(hostOf(origin), pricedPath({ path, offer: { isTest } }))), options),
    hasBought: (query, options) => store.read((tx) => boughtStep(tx, query), options),
    async status(options) {
      const status = await store.read(statusStep, { ...options, mayMiss: 'anything' })
      return { ...status, unwritten: store.unwritten() }
    },
    outstanding: (options) => store.read(outstandingStep, options),
    undelivered: (options) => store.read(undeliveredStep, options),
    summed: (query, options) => store.read((tx) => summedStep(tx, query), options),
    jobs: (query = {}) => eachOf((before) => store.read((tx) => ask(tx.jobs(query, before)))),
    history: (query = {}) => eachOf((before) => store.read((tx) => ask(tx.history(query, before))))
  }
}

/** @throws {TypeError} when the reason is no well-formed text. */
async function freeze(store: Store, reason: string | undefined): Promise<void> {
  if (reason !== undefined) assertWellFormedText('The reason', reason)
  const { who } = store
  await store.write(
    (tx) => ask(tx.setFrozen(reason === undefined ? undefined : { reason, sinceMs: tx.nowMs, by: who })),
    { isDurable: true }
  )
}
