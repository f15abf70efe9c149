import type { LedgerCallOptions, Purchase, ResumeQuery, Resumption } from '@bursar/core'
import { frozenResumptionError, unresumedError } from '../errors.js'
import { assertWellFormed } from '../rules/well-formed.js'
import type { WrittenResumption } from '../steps/resume-step.js'
import { steps } from '../steps/steps.js'
import type { Store } from '../steps/store.js'
import { undoneIfItFails } from './undone-if-it-fails.js'

/** Looks in a store for something to resume. @see `Ledger.resume` */
export async function resume(
  store: Store,
  query: ResumeQuery,
  { signal }: LedgerCallOptions = {}
): Promise<Resumption> {
  assertWellFormed({ name: query.name, labels: {} })
  // That a call was answered matters only to a caller that waits for that very purchase.
  const mayMiss = query.name === undefined && query.inFlight !== 'join' ? 'answers' : undefined
  for (;;) {
    // Nearly every call finds nothing to resume, so the look is a read and writes nothing.
    const decided = await store.read(steps.decideResumption(query), { signal, mayMiss })
    if ('resumption' in decided) return decided.resumption
    const written = await writeResumption(store, { query, purchase: decided.change.purchase, signal })
    if ('resumption' in written) return written.resumption
    if ('frozen' in written) throw frozenResumptionError(written.frozen.reason, written.purchase)
  }
}

interface DecidedResumption extends LedgerCallOptions {
  readonly query: ResumeQuery
  readonly purchase: Purchase
}

async function writeResumption(
  store: Store,
  { query, purchase, signal }: DecidedResumption
): Promise<WrittenResumption> {
  const { id } = purchase
  // The process that signed it may have ended before the bytes were durable, and they are about to be sent.
  const options = { isDurable: true, signal }
  const writing = store.write(steps.writeResumption(query, id), options)
  try {
    return await undoneIfItFails(store, writing, { id, attempt: 'resumption' })
  } catch (error) {
    throw unresumedError(error, purchase)
  }
}
