import { atomicUsdc, BASE, type BursarParts } from '@bursar/core'
import type { Submission } from './generations.js'

/** Writes a job's id down: with the purchase that it was bought by, or, where a balance paid, by itself. */
export async function noteJob(
  { ledger, random }: Pick<BursarParts, 'ledger' | 'random'>,
  origin: string,
  { purchase, requestId, service, model, billing, billedBecause }: Submission
): Promise<void> {
  const event = { type: 'job', job: requestId } as const
  if (purchase !== undefined) return void (await ledger.recordEvent(purchase, event))
  const id = `j${bytesToHex(random(16))}`
  await ledger.reserve({
    id,
    fingerprint: id,
    method: 'POST',
    origin,
    path: '/v1/generation-requests',
    // No payment of its own: what it costs was paid with the top-up.
    offer: { dialect: 'katana', network: BASE, asset: '', payTo: '', amountAtomic: 0n, cost: atomicUsdc(0n) },
    budgets: [],
    labels: { service, model, billing, billedBecause }
  })
  await ledger.recordEvent(id, event)
  await ledger.recordEvent(id, { type: 'released' })
  await ledger.recordEvent(id, { type: 'answered' })
}

function bytesToHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
