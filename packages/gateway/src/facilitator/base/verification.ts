import { firstFailing } from '../first-failing.js'
import type { RejectionReason } from '../rejection-reasons.js'
import { isAlreadyValid, livesLongEnough, paysTheAmount, paysThePayee } from './checks/authorization.js'
import { assetHasCode, domainIsKnown, networkMatches, schemeIsExact } from './checks/offer.js'
import { signatureHolds } from './checks/signature.js'
import { wouldSettle } from './checks/simulation.js'
import type { Check, CheckContext } from './context.js'

/** In the order of the specification. The first check that fails gives the reason. */
const checks: readonly Check[] = [
  schemeIsExact,
  domainIsKnown,
  networkMatches,
  assetHasCode,
  signatureHolds,
  paysThePayee,
  livesLongEnough,
  isAlreadyValid,
  paysTheAmount,
  wouldSettle
]

/**
 * Runs the checks of an EIP-3009 payment.
 *
 * @returns the reason of the first check that fails, or undefined.
 * @throws viem's error when the node does not answer.
 * @see x402 v2, exact scheme on EVM, "Verification"
 */
export function verifyAuthorization(context: CheckContext): Promise<RejectionReason | undefined> {
  return firstFailing(checks, context)
}
