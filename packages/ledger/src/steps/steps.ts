import type { JobQuery, LedgerStatus } from '@bursar/core'
import { boughtStep } from './bought-step.js'
import { noteJobStep, recordDebitStep } from './note-steps.js'
import { findStep, outstandingStep, statusStep, summedStep, undeliveredStep } from './read-steps.js'
import { recordStep } from './record-step.js'
import { rejectionStep, reserveStep, usageStep } from './reserve-step.js'
import { resolveOrphans } from './resolve-orphans.js'
import { decideResumptionStep, lookStep, writeResumptionStep } from './resume-step.js'
import { ask, type Step } from './step.js'
import type { PurchaseFilter, Reads, Transaction } from './transaction.js'

/** A step by its name and what it is given, so that it can also be run where the store is, on another machine. */
export interface NamedStep<Tables, Value> {
  (store: Tables): Step<Value>
  readonly step: readonly [name: string, args: readonly unknown[]]
}

/** What begins a session: old ones are forgotten, and what a gone session only reserved is given back. */
interface BeginningTransaction extends Transaction {
  tidy(): ReturnType<Transaction['setReconciled']>
}

/** Every step of a ledger. */
export const steps = {
  reserve: named('reserve', reserveStep),
  evaluate: named('evaluate', rejectionStep),
  record: named('record', recordStep),
  decideResumption: named('decideResumption', decideResumptionStep),
  writeResumption: named('writeResumption', writeResumptionStep),
  look: named('look', lookStep),
  find: named('find', findStep),
  usage: named('usage', usageStep),
  lastCost: named('lastCost', (store: Reads, host: string, path: string) => ask(store.lastCost(host, path))),
  hasBought: named('hasBought', boughtStep),
  status: named('status', statusStep),
  outstanding: named('outstanding', outstandingStep),
  undelivered: named('undelivered', undeliveredStep),
  summed: named('summed', summedStep),
  jobs: named('jobs', (store: Reads, query: JobQuery, before: bigint | undefined) =>
    ask(store.jobs(query, before))
  ),
  history: named('history', (store: Reads, query: PurchaseFilter, before: bigint | undefined) =>
    ask(store.history(query, before))
  ),
  noteJob: named('noteJob', noteJobStep),
  recordDebit: named('recordDebit', recordDebitStep),
  setReconciled: named('setReconciled', (store: Transaction) => ask(store.setReconciled())),
  setFrozen: named('setFrozen', (store: Transaction, frozen: Freezing | undefined) =>
    ask(store.setFrozen(frozen && { ...frozen, sinceMs: store.nowMs }))
  ),
  begin: named('begin', beginStep),
  nothing: named('nothing', nothingStep)
}

/** Why a ledger is frozen, and by whom. */
type Freezing = Omit<NonNullable<LedgerStatus['frozen']>, 'sinceMs'>

/** Runs a step by its name. @throws {TypeError} when there is none of that name. */
export function stepOf([name, args]: NamedStep<never, unknown>['step']): (
  store: BeginningTransaction
) => Step<unknown> {
  const known: Readonly<Record<string, (...args: never) => (store: never) => Step<unknown>>> = steps
  const make = Object.hasOwn(known, name) ? known[name] : undefined
  if (!make) throw new TypeError(`A ledger has no step "${name}"`)
  return make(...(args as never)) as (store: BeginningTransaction) => Step<unknown>
}

function named<Tables extends Reads, Args extends readonly unknown[], Value>(
  name: string,
  run: (store: Tables, ...args: Args) => Step<Value>
): (...args: Args) => NamedStep<Tables, Value> {
  return (...args) => Object.assign((store: Tables) => run(store, ...args), { step: [name, args] as const })
}

function* beginStep(store: BeginningTransaction): Step<void> {
  yield* ask(store.tidy())
  yield* resolveOrphans(store)
}

function* nothingStep(_: Reads): Step<void> {}
