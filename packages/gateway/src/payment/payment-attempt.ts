import type { Facilitator, PaymentIdentity, SubmittedPayment } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { ActiveFaults } from '../faults/active-faults.js'
import type { HttpRequest } from '../server/request.js'
import type { Charge } from './charge.js'
import type { ServerOffer } from './protocol.js'

/** A request for something that costs, with the offers that are made for it. */
export interface QuotedRequest {
  readonly request: HttpRequest
  readonly charge: Charge
  readonly faults: ActiveFaults
  /** As they are without faults. */
  readonly honestOffers: readonly ServerOffer[]
  /** As they are sent. */
  readonly offers: readonly ServerOffer[]
}

/** A payment that could be read and that takes one of the offers. */
export interface PaymentAttempt {
  readonly quoted: QuotedRequest
  readonly facilitator: Facilitator
  readonly payment: SubmittedPayment
  readonly identity: PaymentIdentity
}

/**
 * Reads the payment header and finds the offer that it takes.
 *
 * @param earlierOffers what was offered for the same request before.
 * @returns why the payment is rejected when there is none.
 */
export function readAttempt(
  quoted: QuotedRequest,
  header: string,
  earlierOffers: readonly ServerOffer[]
): PaymentAttempt | RejectionReason {
  const { protocol } = quoted.charge
  const parsed = protocol.parsePayment(header)
  if (typeof parsed === 'string') return parsed
  const offer = [...quoted.offers, ...earlierOffers].find(({ wire }) => protocol.matchesOffer(parsed, wire))
  const requirements = offer && protocol.toRequirements(offer)
  if (!offer || !requirements) return 'accepted_mismatch'
  const { facilitator } = offer
  const { payload, extensions } = parsed
  const payment: SubmittedPayment = { requirements, payload, extensions, dialect: protocol.dialect }
  const identity = facilitator.identify(payment)
  return identity.ok ? { quoted, facilitator, payment, identity } : identity.reason
}
