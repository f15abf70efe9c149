import type { Challenge } from '../challenge/challenge.js'
import type { Offer } from '../challenge/offer.js'
import type { PurchaseEvidence } from '../interfaces/evidence.js'
import { sameAddress } from '../network/same-address.js'
import { isJsonObject, type JsonObject, type JsonValue } from './json.js'
import { infoOf, readStatement } from './signed-statement.js'

/** Of JSON in UTF-8, all parts together. */
const MAX_BYTES = 16 * 1024

/** The evidence of a purchase before it is paid: the entry that is paid, and the signed offer for it. */
export function offerEvidence({ extensions }: Challenge, offer: Offer): PurchaseEvidence {
  const signed = infoOf(extensions)?.offers
  const fitting = Array.isArray(signed) ? signed.find((each) => isFor(each, offer)) : undefined
  return within({ accepted: offer.raw, offer: isJsonObject(fitting) ? fitting : undefined })
}

/** The evidence, with what the settlement's extensions add to it. */
export function withSettlement(evidence: PurchaseEvidence, settlement: JsonObject): PurchaseEvidence {
  return within({ ...evidence, settlement })
}

/** Which entry a signed offer names by number is not signed, so it is found by its terms. */
function isFor(value: JsonValue, { scheme, network, asset, payTo, raw }: Offer): boolean {
  const payload = readStatement(value)?.payload
  const amount = raw.amount ?? raw.maxAmountRequired
  return (
    payload !== undefined &&
    payload.scheme === scheme &&
    payload.network === network.id &&
    payload.amount === amount &&
    isAddress(payload.asset, asset.address) &&
    isAddress(payload.payTo, payTo)
  )
}

function isAddress(said: JsonValue | undefined, address: string): boolean {
  return typeof said === 'string' && sameAddress(said, address)
}

/** Keeps what fits, the entry first. */
function within({ accepted, offer, settlement, isCut }: PurchaseEvidence): PurchaseEvidence {
  let kept: PurchaseEvidence = isCut ? { isCut } : {}
  for (const part of [{ accepted }, { offer }, { settlement }]) {
    if (Object.values(part)[0] === undefined) continue
    const more = { ...kept, ...part }
    kept = bytesIn(more) <= MAX_BYTES ? more : { ...kept, isCut: true }
  }
  return Object.freeze(kept)
}

function bytesIn(evidence: PurchaseEvidence): number {
  return new TextEncoder().encode(JSON.stringify(evidence)).length
}
