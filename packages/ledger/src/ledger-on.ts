import type { Ledger } from '@bursar/core'
import { eachOf } from './calls/each-of.js'
import { reserve } from './calls/reserve.js'
import { resume } from './calls/resume.js'
import { conflictError } from './errors.js'
import { hostOf } from './rules/host.js'
import { pricedPath } from './rules/test-money.js'
import { assertWellFormedNote, assertWellFormedText, withoutAbsentLabels } from './rules/well-formed.js'
import { steps } from './steps/steps.js'
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
      if (await store.write(steps.noteJob(note), options)) return
      throw conflictError(note.purchase ?? '', 'absent', 'the buyer of a job')
    },
    recordDebit: (debit) => store.write(steps.recordDebit(debit), { isDurable: true }),
    markReconciled: () => store.write(steps.setReconciled(), { isDurable: true }),
    freeze: (reason) => freeze(store, reason),
    close: () => store.close()
  }
}

/** What callers ask of a ledger. Nothing is written. */
function questionsOf(store: Store): Questions {
  return {
    evaluate: (terms, options) => store.read(steps.evaluate(withoutAbsentLabels(terms)), options),
    look(query, options) {
      const beganAtMs = store.nowMs() - (query.ageMs ?? 0)
      return store.read(steps.look(query, beganAtMs), options)
    },
    find: (query, options) => store.read(steps.find(query), options),
    usage: (budgets, options) => store.read(steps.usage(budgets), options),
    lastCost: ({ origin, path, isTest }, options) =>
      store.read(steps.lastCost(hostOf(origin), pricedPath({ path, offer: { isTest } })), options),
    hasBought: (query, options) => store.read(steps.hasBought(query), options),
    async status(options) {
      const status = await store.read(steps.status(), { ...options, mayMiss: 'anything' })
      return { ...status, unwritten: store.unwritten() }
    },
    outstanding: (options) => store.read(steps.outstanding(), options),
    undelivered: (options) => store.read(steps.undelivered(), options),
    summed: (query, options) => store.read(steps.summed(query), options),
    jobs: (query = {}) => eachOf((before) => store.read(steps.jobs(query, before))),
    history: (query = {}) => eachOf((before) => store.read(steps.history(query, before)))
  }
}

/** @throws {TypeError} when the reason is no well-formed text. */
async function freeze(store: Store, reason: string | undefined): Promise<void> {
  if (reason !== undefined) assertWellFormedText('The reason', reason)
  const frozen = reason === undefined ? undefined : { reason, by: store.who }
  await store.write(steps.setFrozen(frozen), { isDurable: true })
}
