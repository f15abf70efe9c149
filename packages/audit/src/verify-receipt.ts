import type { Purchase } from '@bursar/core'
import { type Books, familyOf } from './ports.js'

/** Between two looks for a transaction that the chain does not show yet. */
const POLL_MS = 250
/** Servers answer once they have settled; nodes may be some blocks behind. */
const DEADLINE_MS = 30_000

/**
 * Holds a server's receipt against the chain: the named transaction must move this payment's very amount by this
 * payment's very authorization.
 *
 * @returns what is wrong, in words; nothing when the chain confirms it.
 * @throws {BursarError} `rpc/unavailable`
 */
export async function verifyReceipt(
  { auditorOf, clock }: Pick<Books, 'auditorOf' | 'clock'>,
  { offer, payment }: Purchase,
  transaction: string | undefined
): Promise<string | undefined> {
  const auditor = await auditorOf(familyOf(offer.network))
  if (!auditor || !payment) return 'there is nothing to hold it against'
  if (transaction === undefined) return 'it names no transaction'
  const deadlineMs = clock.nowMs() + DEADLINE_MS
  for (;;) {
    const finding = await auditor.confirm({ ...payment, transaction })
    if (finding === 'confirmed') return undefined
    if (finding === 'contradicted') return 'the transaction it names does not make this payment'
    if (clock.nowMs() >= deadlineMs) return 'the chain does not know the transaction it names'
    await clock.sleep(POLL_MS)
  }
}
