import { atomicUsdc, type Debit, type DebitPurchase, type JobNote } from '@bursar/core'
import { ask, type Step } from './step.js'
import type { Transaction } from './transaction.js'
import { insertPurchase, replacePurchase } from './write-purchase.js'

/** Writes down the name of a job, also in the purchase that bought it. Returns whether that purchase exists. */
export function* noteJobStep(store: Transaction, note: JobNote): Step<boolean> {
  if (note.purchase !== undefined) {
    const before = yield* ask(store.byId(note.purchase))
    if (!before) return false
    yield* replacePurchase(store, { before, after: { ...before.purchase, job: note.job } })
  }
  yield* ask(store.noteJob(note))
  return true
}

/** Enters a transfer that the chain shows, once. */
export function* recordDebitStep(store: Transaction, debit: Debit): Step<DebitPurchase | undefined> {
  const { network, asset, payTo, amountAtomic, atMs, transaction, reference } = debit
  const counts = debit.counts ?? { cost: atomicUsdc(amountAtomic) }
  const id = `debit ${network} ${reference ?? transaction}`
  if (yield* ask(store.byId(id))) return undefined
  const purchase: DebitPurchase = {
    kind: 'debit',
    id,
    fingerprint: id,
    method: '',
    origin: '',
    path: '',
    labels: {},
    offer: { dialect: 'x402-v2', network, asset, payTo, amountAtomic, ...counts },
    reference,
    transaction,
    state: 'settled',
    call: 'answered',
    reservedAtMs: atMs,
    endedAtMs: atMs,
    settledAtMs: atMs,
    countedAtMs: atMs
  }
  yield* insertPurchase(store, purchase)
  return purchase
}
