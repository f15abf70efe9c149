import type { AccountCall, AtomicUsdc, Ledger, OpenAccountCall, PurchaseEvent } from '@bursar/core'

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

/** Enters what a job did cost, where a call that was metered bought it. */
export async function correctJob(ledger: Ledger, job: string, cost: AtomicUsdc): Promise<void> {
  const purchase = await ledger.find({ job }).catch(() => undefined)
  if (purchase?.kind !== 'account' && purchase?.kind !== 'balance') return
  await ledger.recordEvent(purchase.id, { type: 'corrected', cost }).catch(() => {})
}
