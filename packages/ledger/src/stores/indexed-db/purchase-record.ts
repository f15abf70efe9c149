import type { Purchase } from '@bursar/core'
import { placesOf } from '../../rules/places.js'
import { hasBytes, holdsName, isHeld } from '../../rules/questions.js'
import { encodeFacts, encodeSecrets, type StoredPurchase } from '../stored-purchase.js'

/** A purchase as it is stored, and what it is found by. What is absent is in no index. */
export interface PurchaseRecord extends StoredPurchase {
  /** Its number, in the order of their making. */
  readonly seq: number
  readonly id: string
  readonly session: string
  readonly reservedAtMs: number
  /** What it was to cost when it was made. */
  readonly cost: bigint
  readonly call: Purchase['call']
  readonly name?: string
  readonly job?: string
  /** The fingerprint, where its bytes are kept or it is held. */
  readonly kept?: string
  readonly held?: 1
  readonly unanswered?: 1
  /** The fingerprint, where its call was answered. */
  readonly answered?: string
  /** Host and network, where it settled or still may: of the host that is paid, and of the one that was requested. */
  readonly paid?: readonly (readonly [host: string, network: string])[]
  /** Host and path, where it shows their price: those that are paid, and those that were requested. */
  readonly priced?: readonly (readonly [host: string, path: string])[]
}

/** Which record it is, and what never changes in it. */
export type RecordKey = Pick<PurchaseRecord, 'seq' | 'session' | 'cost'>

/** The record of a purchase. */
export function recordOf(purchase: Purchase, key: RecordKey): PurchaseRecord {
  const { id, fingerprint, name, job, kind, state, call, offer, reservedAtMs } = purchase
  const places = placesOf(purchase)
  const paid = holdsName(purchase)
  const isUnanswered = hasBytes(purchase) && state === 'settled' && call !== 'answered'
  return {
    ...key,
    id,
    reservedAtMs,
    call,
    facts: encodeFacts(purchase),
    secrets: encodeSecrets(purchase),
    // A purchase that failed without payment releases its name; the stored facts still have it.
    ...(paid && name ? { name } : {}),
    ...(job === undefined ? {} : { job }),
    ...(hasBytes(purchase) || isHeld(purchase) ? { kept: fingerprint } : {}),
    ...(isHeld(purchase) ? { held: 1 } : {}),
    ...(isUnanswered ? { unanswered: 1 } : {}),
    ...(call === 'answered' ? { answered: fingerprint } : {}),
    ...(paid ? { paid: places.map(({ host }) => [host, offer.network] as const) } : {}),
    // Only payments show the price of a path.
    ...(paid && kind === 'payment' ? { priced: places.map(({ host, path }) => [host, path] as const) } : {})
  }
}
