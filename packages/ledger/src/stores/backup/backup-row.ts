import type { Job, LedgerStatus } from '@bursar/core'
import type { Scope } from '../../rules/scopes.js'
import type { StoredSums } from '../running-totals.js'
import type { StoredPurchase } from '../stored-purchase.js'

/** A purchase, and what its store keeps beside its facts. */
export interface BackupPurchase extends StoredPurchase {
  readonly kind: 'purchase'
  readonly seq: number
  readonly session: string
  /** What it was to cost when it was made. */
  readonly cost: bigint
}

/** What a ledger consists of, whichever store keeps it. Times are Unix milliseconds. */
export type BackupRow =
  | BackupPurchase
  | (StoredSums & { readonly kind: 'sums'; readonly scope: Scope })
  | { readonly kind: 'total'; readonly scope: Scope; readonly at: number; readonly total: bigint }
  | { readonly kind: 'base'; readonly scope: Scope; readonly chunk: number; readonly base: bigint }
  | (Job & { readonly kind: 'job'; readonly seq: number })
  | {
      readonly kind: 'session'
      readonly id: string
      readonly heartbeatAtMs: number
      readonly ended: boolean
    }
  | { readonly kind: 'frozen'; readonly frozen: NonNullable<LedgerStatus['frozen']> }
  | { readonly kind: 'forgotten'; readonly untilMs: number }
