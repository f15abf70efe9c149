import {
  type Challenge,
  encodeHeader,
  type PreparedPayment,
  type SignedEvent,
  type SignedPayment
} from '@bursar/core'
import type { Choice } from './choose-offer.js'
import type { Call, Desk } from './desk.js'

/** A payment that lacks only its signature, which nobody is to make once the caller has given up. */
export interface ReadyPayment {
  readonly prepared: PreparedPayment
  readonly signal: AbortSignal | undefined
  /** Puts the signed payment into the header that the challenge asks for. */
  toEvent(payment: SignedPayment): SignedEvent
}

/**
 * Readies the payment of an offer.
 *
 * @param replaces the payment that this one is made instead of.
 * @throws {BursarError} `offer/domain-mismatch`, `offer/none-usable`, `rpc/unavailable`
 */
export async function readyPayment(
  desk: Desk,
  { request: { signal } }: Call,
  challenge: Challenge,
  { payer, offer }: Choice,
  replaces?: SignedPayment
): Promise<ReadyPayment> {
  const { dialect } = challenge
  const { maxValiditySeconds } = desk.settings
  signal?.throwIfAborted()
  const prepared = await payer.prepare(offer, { dialect, maxValiditySeconds, replaces, signal })
  signal?.throwIfAborted()
  return {
    prepared,
    signal,
    toEvent(payment) {
      const value = encodeHeader(dialect.payment(challenge, offer, payment.payload))
      return { type: 'signed', payment, header: { name: dialect.requestHeader, value } }
    }
  }
}
