import type {
  AccountCall,
  AtomicUsdc,
  JobNote,
  Ledger,
  OpenAccountCall,
  Purchase,
  PurchaseEvent
} from '@bursar/core'

/** Ends a call that is reserved. What the ledger cannot record now counts in full until it can. */
export function meteredCall(
  ledger: Ledger,
  { url: { origin }, labels }: AccountCall,
  id: string
): OpenAccountCall {
  const record = async (...events: readonly PurchaseEvent[]): Promise<void> => {
    for (const event of events) await ledger.recordEvent(id, event).catch(() => {})
  }
  return {
    purchase: id,
    settle: ({ cost, tokens } = {}) => record({ type: 'settled', cost, tokens }, { type: 'answered' }),
    release: () => record({ type: 'released' }, { type: 'answered' }),
    attachJob: (job) => ledger.noteJob({ job, purchase: id, origin, labels }).catch(() => {})
  }
}

/** Enters what a job did cost, where a call to that service bought it that was metered. */
export async function correctJob(
  ledger: Ledger,
  job: Pick<JobNote, 'job' | 'origin'>,
  cost: AtomicUsdc
): Promise<void> {
  const purchase = await newestOf(ledger, job).catch(() => undefined)
  if (purchase?.kind !== 'account' && purchase?.kind !== 'balance') return
  await ledger.recordEvent(purchase.id, { type: 'corrected', cost }).catch(() => {})
}

/** The name of a job is its service's: another service may have chosen the same. */
async function newestOf(
  ledger: Ledger,
  { job, origin }: Pick<JobNote, 'job' | 'origin'>
): Promise<Purchase | undefined> {
  for await (const purchase of ledger.history({ job, host: new URL(origin).host }))
    if (purchase.origin === origin) return purchase
  return undefined
}
