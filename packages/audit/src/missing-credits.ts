import {
  authorizationOf,
  type HasPrepaidAccount,
  type PrepaidAccount,
  type Purchase,
  sameAddress
} from '@bursar/core'
import type { Discrepancy } from './discrepancy.js'
import { distinctAccounts } from './distinct-accounts.js'

/**
 * Top-ups that the services do not list as credited.
 *
 * @throws {BursarError} `service/*`
 */
export async function missingCredits(
  settled: readonly Purchase[],
  services: readonly HasPrepaidAccount[]
): Promise<readonly Discrepancy[]> {
  const found: Discrepancy[] = []
  for (const { account, address } of await distinctAccounts(services)) {
    const topUps = settled.filter((purchase) => account.isTopUp(purchase) && isPaidBy(purchase, address))
    const purchases = topUps.length === 0 ? [] : await uncredited(account, topUps)
    for (const purchase of purchases)
      found.push({ kind: 'credit-missing', purchase, service: account.service })
  }
  return found
}

/** Several wallets may share a ledger, and each has a balance of its own. */
function isPaidBy(purchase: Purchase, address: string | undefined): boolean {
  const payer = authorizationOf(purchase)?.payer
  return payer === undefined || address === undefined || sameAddress(payer, address)
}

async function uncredited(
  account: PrepaidAccount,
  topUps: readonly Purchase[]
): Promise<readonly Purchase[]> {
  const movements: unknown[] = []
  for await (const movement of account.transactions()) movements.push(movement)
  return topUps.filter((purchase) => {
    const at = movements.findIndex((movement) => account.isCreditOf(movement, purchase))
    if (at === -1) return true
    // One credit accounts for one top-up.
    movements.splice(at, 1)
    return false
  })
}
