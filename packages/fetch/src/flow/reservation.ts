import type { PaymentReservation, PurchaseEvidence, ResumeQuery } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'
import type { Prepared } from './prepare-payment.js'
import { newPurchaseId } from './purchase-id.js'
import { buildTerms } from './reservation-terms.js'

/** A payment that is prepared, and neither reserved nor signed. */
export interface ReadyPayment {
  readonly choice: Choice
  readonly prepared: Prepared
  /** The query that found no equal call. It is repeated in the transaction that reserves. */
  readonly resumption?: ResumeQuery | undefined
  /** The offer that the seller signed, where it declares that it signs. */
  readonly evidence?: PurchaseEvidence | undefined
}

/** Builds the reservation of a payment. */
export function buildReservation(
  context: PaymentContext,
  call: ChallengedCall,
  { choice, prepared, resumption, evidence }: ReadyPayment
): PaymentReservation {
  const { dialect } = call.challenge
  // Field by field: every purchase is made of this object, and V8 copies the rest of an object slowly.
  const { name, origin, requestedOrigin, path, requestedPath, labels, offer, guards } = buildTerms(
    context,
    call,
    choice.offer
  )
  return {
    kind: 'payment',
    id: newPurchaseId(context),
    fingerprint: call.fingerprint,
    method: call.request.method,
    payer: prepared.payment.payer,
    guards: { resumption, ...guards },
    offer: { ...offer, dialect: dialect.name },
    name,
    origin,
    requestedOrigin,
    path,
    requestedPath,
    labels,
    evidence
  }
}
