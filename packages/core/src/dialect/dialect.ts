import type { Challenge, Offer } from '../challenge/challenge.js'
import type { JsonObject } from '../wire/json.js'

/** How a server that answered 402 wants its payment put. Chosen by the shape of its answer. */
export interface Dialect {
  readonly name: 'x402-v2' | 'x402-v1' | 'katana'
  readonly version: 1 | 2
  /** Carries the payment. */
  readonly requestHeader: 'PAYMENT-SIGNATURE' | 'X-PAYMENT'
  /** Carries the settlement. */
  readonly responseHeader: 'PAYMENT-RESPONSE' | 'X-PAYMENT-RESPONSE'
  /** EIP-3009 times as JSON numbers instead of decimal strings. */
  readonly numericTimes: boolean
  /** Solana: an offer without `extra.feePayer` means that `payTo` pays the fee. */
  readonly payToPaysFee: boolean
  /** Solana: the transaction may create the recipient's token account, at the fee payer's cost. */
  readonly createsTokenAccount: boolean
  /** Solana: the payload names its payer. */
  readonly namesPayer: boolean
  /** The object that {@link requestHeader} carries. The received entry is echoed as it came. */
  payment(challenge: Challenge, offer: Offer, payload: JsonObject): JsonObject
}
