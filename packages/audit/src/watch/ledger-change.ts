import type { Purchase } from '@bursar/core'
import type { stateWord } from '../state-word.js'

/** Where a purchase stands, in one word. */
export type PurchaseWord = ReturnType<typeof stateWord>

/** A purchase that is new, or that stands elsewhere than before. */
export interface PurchaseChange {
  readonly type: 'purchase'
  /** When it was seen. Unix milliseconds. */
  readonly atMs: number
  readonly state: PurchaseWord
  /** Absent: it was not there before. */
  readonly was?: PurchaseWord
  readonly purchase: Purchase
}

/** Somebody has stopped all payments. */
export interface FrozenChange {
  readonly type: 'frozen'
  /** Since when. Unix milliseconds. */
  readonly atMs: number
  readonly reason: string
  readonly by: string
}

/** Payments go on. */
export interface ThawedChange {
  readonly type: 'thawed'
  /** When it was seen. Unix milliseconds. */
  readonly atMs: number
}

/** What one process or another has changed in a ledger. */
export type LedgerChange = PurchaseChange | FrozenChange | ThawedChange
