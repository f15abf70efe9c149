import type { RejectionReason } from '../rejection-reasons.js'
import {
  computeIsBounded,
  createsOnlyThePayeesAccount,
  instructionsAreFew,
  theRestIsHarmless
} from './checks/layout.js'
import { feePayerIsOurs, networkMatches, schemeIsExact } from './checks/offer.js'
import { feePayerIsFirst, namesEveryAccount, signaturesHold } from './checks/signatures.js'
import { wouldSettle } from './checks/simulation.js'
import {
  assetMatches,
  payerIsNamedRightly,
  paysTheAmount,
  paysThePayee,
  spendsNothingOfOurs,
  transfers
} from './checks/transfer.js'
import type { Check, CheckContext } from './context.js'

/** In the order of the specification: the first that does not hold names the refusal. */
const checks: readonly Check[] = [
  schemeIsExact,
  networkMatches,
  feePayerIsOurs,
  feePayerIsFirst,
  namesEveryAccount,
  signaturesHold,
  instructionsAreFew,
  computeIsBounded,
  transfers,
  spendsNothingOfOurs,
  payerIsNamedRightly,
  assetMatches,
  paysThePayee,
  paysTheAmount,
  createsOnlyThePayeesAccount,
  theRestIsHarmless,
  wouldSettle
]

/**
 * Runs the checks of a Solana payment.
 *
 * @returns the reason of the first check that fails, or nothing.
 * @throws when the node cannot be asked: an outage is no verdict.
 * @see x402 v2, exact scheme on SVM, "Verification"
 */
export async function verifyTransfer(context: CheckContext): Promise<RejectionReason | undefined> {
  for (const check of checks) {
    const reason = await check(context)
    if (reason) return reason
  }
  return undefined
}
