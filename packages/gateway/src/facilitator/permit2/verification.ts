import { firstFailing } from '../first-failing.js'
import type { RejectionReason } from '../rejection-reasons.js'
import { signatureHolds } from './checks/signature.js'
import { wouldSettle } from './checks/simulation.js'
import { tokenPermitFits } from './checks/sponsoring.js'
import {
  assetHasCode,
  isAlreadyValid,
  livesLongEnough,
  namesThisFacilitator,
  networkMatches,
  paysThePayee,
  permitsTheAmount,
  permitsTheToken,
  spenderIsTheProxy
} from './checks/terms.js'
import type { Permit2Check, Permit2Context } from './context.js'

/** In the order of the official facilitator. The first check that fails gives the reason. */
const checks: readonly Permit2Check[] = [
  networkMatches,
  spenderIsTheProxy,
  paysThePayee,
  namesThisFacilitator,
  livesLongEnough,
  isAlreadyValid,
  permitsTheAmount,
  permitsTheToken,
  assetHasCode,
  signatureHolds,
  tokenPermitFits,
  wouldSettle
]

/**
 * Runs the checks of a payment by Permit2.
 *
 * @returns the reason of the first check that fails, or undefined.
 * @throws viem's error when the node does not answer.
 */
export function verifyPermit2(context: Permit2Context): Promise<RejectionReason | undefined> {
  return firstFailing(checks, context)
}
