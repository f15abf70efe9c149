import type { Offer } from '../challenge/offer.js'
import type { JsonObject, JsonValue } from '../wire/json.js'

/** The parts of a challenge that are sent back unchanged with the payment. */
export interface ChallengeEcho {
  readonly resource?: JsonValue | undefined
  readonly extensions?: JsonObject | undefined
}

/** The wire format in which a server expects its payment. It is chosen by the shape of its 402. */
export interface Dialect {
  readonly name: 'x402-v2' | 'x402-v1' | 'katana' | 'thirdweb'
  /** Carries the payment. */
  readonly requestHeader: 'PAYMENT-SIGNATURE' | 'X-PAYMENT'
  /** EIP-3009 times as JSON numbers instead of decimal strings. */
  readonly numericTimes: boolean
  /** EIP-3009 authorizations hold from the beginning of time (`validAfter` 0) instead of from some minutes ago. */
  readonly validFromStart: boolean
  /** Solana: an offer without `extra.feePayer` means that `payTo` pays the fee. */
  readonly payToPaysFee: boolean
  /** Solana: the transaction may create the recipient's token account, at the fee payer's cost. */
  readonly createsTokenAccount: boolean
  /** Solana: the payload names its payer. */
  readonly namesPayer: boolean
  /** Solana: a memo only where the offer asks for one, since facilitators of v1 take three instructions and no more. */
  readonly memoIfAsked: boolean
  /** The same authorization goes out a second time, beside the first and in the header of this dialect. */
  readonly alsoAs?: Dialect
  /** The same, once the server asks again as if it had been sent nothing. */
  readonly ifUnreadAs?: Dialect
  /** Builds the JSON of {@link requestHeader}: it holds the received entry unchanged, and no `undefined` fields. */
  payment(
    challenge: ChallengeEcho,
    offer: Offer,
    payload: JsonObject
  ): Readonly<Record<string, JsonValue | undefined>>
}
