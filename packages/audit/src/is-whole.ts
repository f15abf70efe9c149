import { authorizationOf, type NetworkId, sameAddress } from '@bursar/core'
import { type AuditParts, familyOf } from './audit-parts.js'

/** How long before the newest purchase it is looked where else the accounts pay. */
const LATELY_MS = 31 * 86_400_000

/**
 * Whether some networks are all where payments may be missing from a restored ledger: every network of the bursar, and every one
 * where its accounts paid lately, since the bursar itself may have been made for a few of them.
 *
 * @param newestMs when the newest purchase of the ledger was reserved.
 */
export async function isWhole(
  parts: AuditParts,
  looked: readonly NetworkId[],
  newestMs: number
): Promise<boolean> {
  if (!parts.networks.every((network) => looked.includes(network))) return false
  const fromMs = Math.max(0, newestMs - LATELY_MS)
  for await (const purchase of parts.ledger.history({ fromMs })) {
    const { offer } = purchase
    const payer = authorizationOf(purchase)?.payer
    // Test money counts towards no limit. Debits that a chain showed have no authorization, and may be of another account.
    if (offer.isTest || payer === undefined || looked.includes(offer.network)) continue
    // A bursar without accounts cannot tell whose a payment was.
    if (looked.length === 0) return false
    const own = await (await parts.payerOf(familyOf(offer.network)))?.address()
    if (own !== undefined && sameAddress(own, payer)) return false
  }
  return true
}
