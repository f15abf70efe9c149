import type { Pruned } from '../../pruned.js'

/** What is asked of the object beside the steps of sessions. */
export type CarePath = '/prune' | '/backup' | '/restore'

/** What is forgotten. */
export interface PruneRequest {
  readonly keepMs: number
  /** By the caller's own clock, where it has one. Absent: the object's. Unix milliseconds. */
  readonly nowMs?: number | undefined
}

/** What one batch has forgotten. */
export interface PruneAnswer extends Pruned {
  /** Whether nothing is left that may be forgotten. */
  readonly isDone: boolean
}
