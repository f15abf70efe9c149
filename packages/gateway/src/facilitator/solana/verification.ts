import { firstFailing } from '../first-failing.js'
import type { RejectionReason } from '../rejection-reasons.js'
import {
  computeIsBounded,
  createsOnlyThePayeesAccount,
  instructionsAreFew,
  onlyMemosFollow
} from './checks/layout.js'
import { feePayerIsOurs, networkMatches, schemeIsExact } from './checks/offer.js'
import { feePayerIsFirst, namesEveryAccount, signaturesHold } from './checks/signatures.js'
import { wouldSettle } from './checks/simulation.js'
import {
  assetMatches,
  hasTransfer,
  payerIsNamedRightly,
  paysTheAmount,
  paysThePayee,
  spendsNothingOfOurs
} from './checks/transfer.js'
import type { Check, CheckContext } from './context.js'

/** In the order of the specification. The first check that fails gives the reason. */
const checks: readonly Check[] = [
  schemeIsExact,
  networkMatches,
  feePayerIsOurs,
  feePayerIsFirst,
  namesEveryAccount,
  signaturesHold,
  instructionsAreFew,
  computeIsBounded,
  hasTransfer,
  spendsNothingOfOurs,
  payerIsNamedRightly,
  assetMatches,
  paysThePayee,
  paysTheAmount,
  createsOnlyThePayeesAccount,
  onlyMemosFollow,
  wouldSettle
]

/**
 * Runs the checks of a Solana payment.
 *
 * @returns the reason of the first check that fails, or undefined.
 * @throws when the node does not answer.
 * @see x402 v2, exact scheme on SVM, "Verification"
 */
export function verifyTransfer(context: CheckContext): Promise<RejectionReason | undefined> {
  return firstFailing(checks, context)
}
