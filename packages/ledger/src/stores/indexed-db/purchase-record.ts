import type { Purchase } from '@bursar/core'
import { hostOf } from '../../rules/host.js'
import { hasBytes, holdsName, isHeld } from '../../rules/questions.js'
import { pricedPath } from '../../rules/test-money.js'
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
  /** Host and network, where it settled or still may. */
  readonly paid?: readonly [host: string, network: string]
  /** Host and path, where it shows their price. */
  readonly priced?: readonly [host: string, path: string]
}

/** Which record it is, and what never changes in it. */
export type RecordKey = Pick<PurchaseRecord, 'seq' | 'session' | 'cost'>

/** The record of a purchase. */
export function recordOf(purchase: Purchase, key: RecordKey): PurchaseRecord {
  const { id, fingerprint, name, job, kind, state, call, origin, offer, reservedAtMs } = purchase
  const host = hostOf(origin)
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
    ...(paid ? { paid: [host, offer.network] } : {}),
    // Only payments show the price of a path.
    ...(paid && kind === 'payment' ? { priced: [host, pricedPath(purchase)] } : {})
  }
}
