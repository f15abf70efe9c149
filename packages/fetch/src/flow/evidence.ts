import {
  type Challenge,
  evidenceOf,
  type Offer,
  type Purchase,
  type PurchaseEvidence,
  type Settlement
} from '@bursar/core'
import { loadWire } from './load-wire.js'

/** Whether the seller says that it signs its offers and receipts. @see x402 offer-receipt */
export function signsOffers({ extensions }: Challenge): boolean {
  return extensions?.['offer-receipt'] !== undefined
}

/** What is kept of the offer that the seller signed. */
export async function readOfferEvidence(challenge: Challenge, offer: Offer): Promise<PurchaseEvidence> {
  return (await loadWire()).offerEvidence(challenge, offer)
}

/** What is kept once the seller has signed its receipt; `undefined` where nothing is added. */
export async function readReceiptEvidence(
  purchase: Purchase,
  { extensions }: Settlement
): Promise<PurchaseEvidence | undefined> {
  const evidence = evidenceOf(purchase)
  return evidence && extensions && (await loadWire()).withSettlement(evidence, extensions)
}
