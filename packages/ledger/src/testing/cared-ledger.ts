import { atomicUsdc, type Budget, type Ledger, type PaymentReservation } from '@bursar/core'
import type { Pruned } from '../stores/pruned.js'
import { type HandClock, HOUR_MS, reservation, total } from './samples.js'

/** A ledger, and what is done to it as a whole. */
export interface CaredLedger {
  readonly ledger: Ledger
  prune(keepMs: number): Promise<Pruned>
  /** Backs it up, and restores the backup where there is no ledger. */
  restoreElsewhere(): Promise<Ledger>
}

export const DAY_MS = 24 * HOUR_MS
/** The shortest time that is kept. */
export const KEEP_MS = 62 * DAY_MS

const windows: readonly Budget[] = [
  total(0n),
  ...[1, 7, 31].map((days) => ({ name: `${days} d`, limit: atomicUsdc(0n), windowMs: days * DAY_MS })),
  { name: 'host', limit: atomicUsdc(0n), host: 'a.example', windowMs: 31 * DAY_MS },
  { name: 'label', limit: atomicUsdc(0n), label: { name: 'agent', value: 'a' } }
]

/** How much each limit has spent. */
export const usageOf = async (ledger: Ledger) => (await ledger.usage(windows)).map(({ used }) => used)

/** The ids of all that is listed, oldest first. */
export async function idsOf(ledger: Ledger): Promise<readonly string[]> {
  const found: string[] = []
  for await (const { id } of ledger.history()) found.unshift(id)
  return found
}

/** A purchase with a fingerprint of its own. */
export const apart = (id: string, more: Partial<PaymentReservation> = {}): PaymentReservation => ({
  ...reservation(id, 7n),
  fingerprint: id,
  ...more
})

/** A cared ledger whose time is the test's. */
export type Cared = CaredLedger & { readonly clock: HandClock; goOn(ms: number): void }
