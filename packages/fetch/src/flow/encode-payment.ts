import type { JsonObject } from '@bursar/core'
import { type Challenge, type Dialect, encodeHeader, type Offer, type PaymentHeader } from '@bursar/core'

/** What is sent for a challenge: the offer that is paid, and the scheme's own part. */
export interface Envelope {
  readonly challenge: Challenge
  readonly offer: Offer
  readonly payload: JsonObject
}

/** Encodes a payment in the header that its challenge asks for, or in both where it is not known which is read. */
export function encodePayment(envelope: Envelope): PaymentHeader {
  const { dialect } = envelope.challenge
  const header = encodeIn(dialect, envelope)
  return dialect.alsoAs ? { ...header, also: encodeIn(dialect.alsoAs, envelope) } : header
}

function encodeIn(dialect: Dialect, { challenge, offer, payload }: Envelope): PaymentHeader {
  return { name: dialect.requestHeader, value: encodeHeader(dialect.payment(challenge, offer, payload)) }
}
