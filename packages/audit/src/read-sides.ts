import { authorizationOf, type Debit, type NetworkId, type Purchase } from '@bursar/core'
import { type AuditParts, familyOf } from './audit-parts.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How far the clocks of ledger and chain may lie apart. */
const CLOCKS_APART_MS = HOUR_MS

/** Transfers that left the account, from an hour before the moment on. */
export async function readDebits(
  { auditorOf }: AuditParts,
  fromMs: number,
  networks: readonly NetworkId[]
): Promise<readonly Debit[]> {
  const found = await Promise.all(
    networks.map(async (network) => {
      const auditor = await auditorOf(familyOf(network))
      return auditor?.readDebits(network, fromMs - CLOCKS_APART_MS) ?? []
    })
  )
  return found.flat()
}

/**
 * Purchases with an authorization, and transfers that were entered as such. One that settled since the moment was reserved
 * within a day before: no authorization lives longer.
 */
export async function readPurchases(
  { ledger }: AuditParts,
  fromMs: number,
  networks: readonly NetworkId[]
): Promise<readonly Purchase[]> {
  const purchases: Purchase[] = []
  for await (const purchase of ledger.history({ fromMs: fromMs - DAY_MS - CLOCKS_APART_MS })) {
    const isOnChain = purchase.kind === 'debit' || authorizationOf(purchase) !== undefined
    if (isOnChain && networks.includes(purchase.offer.network)) purchases.push(purchase)
  }
  return purchases
}
