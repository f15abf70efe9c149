import type { JsonObject } from '../wire/json.js'

/**
 * What a seller has put in writing of a purchase: the offer it signed, and the receipt it signed. Nothing of it changes what
 * the ledger says of the money. It is kept only where the seller declares `offer-receipt`, and is at most 16 KiB of JSON.
 *
 * @see x402 extension offer-receipt
 */
export interface PurchaseEvidence {
  /** The entry of `accepts` that was paid, exactly as received. */
  readonly accepted?: JsonObject | undefined
  /** The signed offer for that entry, exactly as received. Nobody has verified it. */
  readonly offer?: JsonObject | undefined
  /** What the settlement carries as `extensions`, exactly as received. Its receipt is in `offer-receipt`. */
  readonly settlement?: JsonObject | undefined
  /** Whether a part was left out, since all of it is more than is kept. */
  readonly isCut?: true | undefined
}
