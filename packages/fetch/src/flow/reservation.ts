import type { PaymentReservation } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'
import type { Prepared } from './prepare-payment.js'
import { newPurchaseId } from './purchase-id.js'
import { buildTerms } from './reservation-terms.js'

/** What the ledger records of a payment before it is made. */
export function buildReservation(
  context: PaymentContext,
  call: ChallengedCall,
  { choice, prepared }: { readonly choice: Choice; readonly prepared: Prepared }
): PaymentReservation {
  const { dialect } = call.challenge
  const { offer, ...terms } = buildTerms(context, call, choice.offer)
  return {
    ...terms,
    kind: 'payment',
    id: newPurchaseId(context),
    fingerprint: call.fingerprint,
    method: call.request.method,
    payer: prepared.payment.payer,
    offer: { ...offer, dialect: dialect.name }
  }
}
