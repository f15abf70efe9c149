import {
  type Challenge,
  type Dialect,
  encodeHeader,
  type JsonObject,
  type Offer,
  type PaymentHeader,
  type SignedPayment,
  withPaymentIdentifier
} from '@bursar/core'

/** What is sent for a challenge: the offer that is paid, and the scheme's own part. */
export interface Envelope {
  readonly challenge: Challenge
  readonly offer: Offer
  readonly payload: JsonObject
}

/**
 * Encodes a payment in the header that its challenge asks for, or in both where it is not known which is read.
 *
 * @param isUnread whether the server asks again as if it had been sent nothing.
 */
export function encodePayment(envelope: Envelope, isUnread = false): PaymentHeader {
  const { dialect } = envelope.challenge
  const header = encodeIn(dialect, envelope)
  const other = dialect.alsoAs ?? (isUnread ? dialect.ifUnreadAs : undefined)
  return other ? { ...header, also: encodeIn(other, envelope) } : header
}

function encodeIn(dialect: Dialect, { challenge, offer, payload }: Envelope): PaymentHeader {
  return { name: dialect.requestHeader, value: encodeHeader(dialect.payment(challenge, offer, payload)) }
}

/**
 * The challenge as it is echoed: with what the payment adds to its extensions, and with its identifier.
 *
 * @param id names the payment to a server that keeps its answers by such names.
 */
export function echoOf(
  challenge: Challenge,
  { extensions }: Pick<SignedPayment, 'extensions'>,
  id: string
): Challenge {
  if (!challenge.extensions) return challenge
  const answered = extensions
    ? { ...challenge, extensions: { ...challenge.extensions, ...extensions } }
    : challenge
  return withPaymentIdentifier(answered, id)
}
