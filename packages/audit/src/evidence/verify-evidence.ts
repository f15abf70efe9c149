import { loggable, type Purchase } from '@bursar/core'
import type { AuditParts } from '../audit-parts.js'
import { type EvidenceVerdict, judgeEvidence } from './judge-evidence.js'

/** What a seller signed of a purchase is worth. */
export interface EvidenceVerification extends EvidenceVerdict {
  readonly purchase: Purchase
}

/**
 * Verifies what the seller signed of a purchase.
 *
 * @throws {TypeError} when the ledger has no such purchase.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function verifyEvidence(
  { ledger }: Pick<AuditParts, 'ledger'>,
  id: string
): Promise<EvidenceVerification> {
  const purchase = await ledger.find({ id })
  if (!purchase) throw new TypeError(`The ledger has no purchase ${id}`)
  return loggable({ purchase: loggable(purchase), ...(await judgeEvidence(purchase)) })
}
