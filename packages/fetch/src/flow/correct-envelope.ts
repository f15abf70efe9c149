import {
  bytesOf,
  decodeHeader,
  isJsonObject,
  type JsonObject,
  type Offer,
  type PaymentHeader,
  type Purchase,
  sameAddress
} from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { echoOf, encodePayment } from './encode-payment.js'
import { identifierSent } from './identifier-sent.js'
import type { PaymentContext } from './payment-context.js'
import { readChallenge } from './read-challenge.js'

/** New on every 402, and nothing that a payment is refused for. */
const freshEachTime = ['sign-in-with-x', 'offer-receipt']

/** The answer to a payment. */
export interface AnsweredPayment {
  readonly purchase: Purchase
  readonly response: IncomingResponse
}

/**
 * The same authorization in the envelope of the challenge that a refusal comes with, where the terms are those that were
 * signed and only what stands around them has changed. It cannot pay twice.
 *
 * @returns `undefined` where it would be what was sent already, or where anything else has changed.
 */
export async function correctEnvelope(
  context: PaymentContext,
  { purchase, response }: AnsweredPayment
): Promise<PaymentHeader | undefined> {
  const bytes = bytesOf(purchase)
  if (!bytes || response.status !== 402) return undefined
  const reading = readChallenge(context, response, context.settings.afterPaymentMs)
  const challenge = await reading.catch(() => undefined)
  const sent = decodeHeader(bytes.header.name, bytes.header.value)
  const offer = challenge?.offers.find((each) => hasSameTerms(each, purchase, sent))
  if (!challenge || !offer || challenge.dialect.name !== purchase.offer.dialect) return undefined
  const { payment } = bytes
  const echo = echoOf(challenge, payment, identifierSent({ ...purchase, bytes }) ?? purchase.id)
  const header = encodePayment({ challenge: echo, offer, payload: payment.payload })
  return isSameEnvelope(sent, decodeHeader(header.name, header.value)) ? undefined : header
}

function hasSameTerms(offer: Offer, { offer: signed }: Purchase, sent: JsonObject): boolean {
  const accepted = isJsonObject(sent.accepted) ? sent.accepted : sent
  return (
    offer.scheme === accepted.scheme &&
    offer.network.id === signed.network &&
    offer.amountAtomic === signed.amountAtomic &&
    sameAddress(offer.asset.address, signed.asset) &&
    sameAddress(offer.payTo, signed.payTo)
  )
}

function isSameEnvelope(one: JsonObject, other: JsonObject): boolean {
  return JSON.stringify(withoutFresh(one)) === JSON.stringify(withoutFresh(other))
}

function withoutFresh({ extensions, ...envelope }: JsonObject): JsonObject {
  const kept = Object.entries(isJsonObject(extensions) ? extensions : {})
  return {
    ...envelope,
    extensions: Object.fromEntries(kept.filter(([name]) => !freshEachTime.includes(name)))
  }
}
