import type { Rpc, SettlementClaim, SettlementFinding } from '@bursar/core'
import { readLandedTransaction } from './landed-transaction.js'

/**
 * Compares a transaction with the payment that it is said to have settled. The message that was signed holds payee,
 * mint and amount, so that its hash says everything.
 */
export async function confirmTransfer(rpc: Rpc, claim: SettlementClaim): Promise<SettlementFinding> {
  if (!/^[1-9A-HJ-NP-Za-km-z]{64,88}$/.test(claim.transaction)) return 'contradicted'
  const landed = await readLandedTransaction(rpc, claim.transaction)
  if (!landed) return 'unseen'
  return landed.hasSucceeded && landed.reference === claim.reference ? 'confirmed' : 'contradicted'
}
