import type { Offer } from '../challenge/offer.js'
import type { JsonObject, JsonValue } from '../wire/json.js'

/** What of a challenge goes back with the payment, as it came. */
export interface ChallengeEcho {
  readonly resource?: JsonValue | undefined
  readonly extensions?: JsonObject | undefined
}

/** How a server that answered 402 wants its payment put. Chosen by the shape of its answer. */
export interface Dialect {
  readonly name: 'x402-v2' | 'x402-v1' | 'katana'
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
  /** What {@link requestHeader} carries, as JSON: the received entry as it came, and nothing for `undefined`. */
  payment(
    challenge: ChallengeEcho,
    offer: Offer,
    payload: JsonObject
  ): Readonly<Record<string, JsonValue | undefined>>
}
