import { type Challenge, encodeHeader, type SignedEvent, type SignedPayment } from '@bursar/core'
import type { Choice } from './choose-offer.js'
import type { Call, Desk } from './desk.js'

/** Signs a prepared payment, unless its caller has given up, and puts it into the header that the challenge asks for. */
export interface Pen {
  readonly signal: AbortSignal | undefined
  sign(): Promise<SignedEvent>
  /** The same without a wait, where the payer can. */
  readonly signNow: (() => SignedEvent) | undefined
}

/**
 * Readies the payment of an offer, everything short of the signature.
 *
 * @param replaces the payment that this one is made instead of.
 * @throws {BursarError} `offer/domain-mismatch`, `rpc/unavailable`
 */
export async function takePen(
  desk: Desk,
  { request: { signal } }: Call,
  challenge: Challenge,
  { payer, offer }: Choice,
  replaces?: SignedPayment
): Promise<Pen> {
  const { dialect } = challenge
  const { maxValiditySeconds } = desk.settings
  signal?.throwIfAborted()
  const prepared = await payer.prepare(offer, { dialect, maxValiditySeconds, replaces, signal })
  signal?.throwIfAborted()
  const { signNow } = prepared
  const toEvent = (payment: SignedPayment): SignedEvent => {
    const value = encodeHeader(dialect.payment(challenge, offer, payment.payload))
    return { type: 'signed', payment, header: { name: dialect.requestHeader, value } }
  }
  return {
    signal,
    async sign() {
      signal?.throwIfAborted()
      return toEvent(await prepared.sign())
    },
    signNow:
      signNow &&
      (() => {
        signal?.throwIfAborted()
        return toEvent(signNow())
      })
  }
}
