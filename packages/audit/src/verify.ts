import { authorizationOf, loggable, type Purchase, type SettlementClaim, transactionOf } from '@bursar/core'
import { type AuditParts, familyOf } from './audit-parts.js'

/** Between two looks for a transaction that the chain does not show yet. */
const POLL_MS = 250
/** Servers answer once they have settled; nodes may be some blocks behind. */
const DEADLINE_MS = 30_000

/** What the chain says of a purchase's transaction. */
export interface Verification {
  readonly purchase: Purchase
  readonly outcome: 'confirmed' | 'contradicted'
  /** What is wrong, as text. Absent when it is confirmed. */
  readonly reason?: string
}

/**
 * Compares the transaction that a purchase's server named with the chain.
 *
 * @throws {TypeError} when the ledger has no such purchase.
 * @throws {BursarError} `rpc/unavailable`, `ledger/unavailable`
 */
export async function verify(parts: AuditParts, id: string): Promise<Verification> {
  const purchase = await parts.ledger.find({ id })
  if (!purchase) throw new TypeError(`The ledger has no purchase ${id}`)
  const reason = await verifyReceipt(parts, purchase, transactionOf(purchase))
  const found = { purchase: loggable(purchase) }
  return loggable(
    reason === undefined
      ? { ...found, outcome: 'confirmed' as const }
      : { ...found, outcome: 'contradicted' as const, reason }
  )
}

/**
 * Compares a server's receipt with the chain: the named transaction must move this payment's very amount by this
 * payment's very authorization. A transaction that the chain does not show yet is waited for.
 *
 * @param takenAtomic what was taken, as the server says, where it may say so (the scheme `upto`).
 * @returns what is wrong, in words; nothing when the chain confirms it.
 * @throws {BursarError} `rpc/unavailable`
 */
export async function verifyReceipt(
  { auditorOf, clock }: Pick<AuditParts, 'auditorOf' | 'clock'>,
  purchase: Purchase,
  transaction: string | undefined,
  takenAtomic?: bigint | undefined
): Promise<string | undefined> {
  const auditor = await auditorOf(familyOf(purchase.offer.network))
  if (transaction === undefined) return 'it names no transaction'
  const claim = claimOf(purchase, transaction, takenAtomic)
  if (!auditor || !claim) return 'nothing of it is on a chain that can be read'
  const deadlineMs = clock.nowMs() + DEADLINE_MS
  for (;;) {
    const finding = await auditor.confirm(claim)
    if (finding === 'confirmed') return undefined
    if (finding === 'contradicted') return 'the transaction it names does not make this payment'
    if (clock.nowMs() >= deadlineMs) return 'the chain does not know the transaction it names'
    await clock.sleep(POLL_MS)
  }
}

/** What a transaction must have moved to be a purchase's payment: what the server took, or its most while that is not known. */
export function claimOf(
  purchase: Purchase,
  transaction: string,
  takenAtomic?: bigint | undefined
): SettlementClaim | undefined {
  const authorization = authorizationOf(purchase)
  if (!authorization) return undefined
  const { network, asset, payTo, amountAtomic, upto } = purchase.offer
  const { payer, reference } = authorization
  const claim = { network, asset, payTo, payer, reference, transaction }
  const isMost = upto !== undefined && !upto.isTaken && takenAtomic === undefined
  const claimedAtomic = takenAtomic ?? amountAtomic
  const isCharge = upto !== undefined && !isMost && claimedAtomic < upto.amountAtomic
  return { ...claim, amountAtomic: claimedAtomic, ...(isMost && { isMost }), ...(isCharge && { isCharge }) }
}
