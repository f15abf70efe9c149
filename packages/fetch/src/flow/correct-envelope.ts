import {
  bytesOf,
  type Challenge,
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

/** The challenge that a refusal comes with, beside what was refused. */
export interface FreshChallenge {
  readonly challenge: Challenge
  /** Its offer on the terms that were signed. Absent: it asks something else. */
  readonly offer: Offer | undefined
  readonly sent: JsonObject
}

/** Reads the challenge that a refusal comes with. `undefined` where there is none that can be read. */
export async function readFreshChallenge(
  context: PaymentContext,
  { purchase, response }: AnsweredPayment
): Promise<FreshChallenge | undefined> {
  const bytes = bytesOf(purchase)
  if (!bytes || response.status !== 402) return undefined
  const reading = readChallenge(context, response, context.settings.afterPaymentMs)
  const challenge = await reading.catch(() => undefined)
  if (challenge?.dialect.name !== purchase.offer.dialect) return undefined
  const sent = decodeHeader(bytes.header.name, bytes.header.value)
  return { challenge, offer: challenge.offers.find((each) => hasSameTerms(each, purchase, sent)), sent }
}

/** What a payment was sent for. */
interface Asked {
  readonly challenge: Challenge
  /** It was sent before it was asked for: then it is sent again also where nothing has changed. */
  readonly isUnasked: boolean
}

/**
 * The same authorization in the envelope of the challenge that a refusal comes with, where the terms are those that were
 * signed and only what stands around them has changed. It cannot pay twice. A server that asks again in the same words may
 * look for it in another header.
 *
 * @returns `undefined` where it would be what was sent already, or where anything else has changed.
 */
export function correctEnvelope(
  purchase: Purchase,
  { challenge, offer, sent }: FreshChallenge,
  { challenge: asked, isUnasked }: Asked
): PaymentHeader | undefined {
  const bytes = bytesOf(purchase)
  if (!bytes || !offer) return undefined
  const { payment } = bytes
  const echo = echoOf(challenge, payment, identifierSent({ ...purchase, bytes }) ?? purchase.id)
  const isUnread = challenge.error === asked.error && asked.dialect.ifUnreadAs !== undefined
  const header = encodePayment({ challenge: echo, offer, payload: payment.payload }, isUnread)
  const isSame = !isUnread && isSameEnvelope(sent, decodeHeader(header.name, header.value))
  return isSame && !isUnasked ? undefined : header
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
