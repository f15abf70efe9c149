import type { PaymentReservation, ResumeQuery } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'
import type { Prepared } from './prepare-payment.js'
import { newPurchaseId } from './purchase-id.js'
import { buildTerms } from './reservation-terms.js'

/** A payment that lacks only its place in the budgets and its signature. */
export interface ReadyPayment {
  readonly choice: Choice
  readonly prepared: Prepared
  /** What found no equal call, to be asked again in the transaction that reserves. */
  readonly resumption?: ResumeQuery | undefined
}

/** What the ledger records of a payment before it is made. */
export function buildReservation(
  context: PaymentContext,
  call: ChallengedCall,
  { choice, prepared, resumption }: ReadyPayment
): PaymentReservation {
  const { dialect } = call.challenge
  const { offer, guards, ...terms } = buildTerms(context, call, choice.offer)
  return {
    kind: 'payment',
    id: newPurchaseId(context),
    fingerprint: call.fingerprint,
    method: call.request.method,
    payer: prepared.payment.payer,
    guards: { resumption, ...guards },
    offer: { ...offer, dialect: dialect.name },
    ...terms
  }
}
