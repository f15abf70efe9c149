import type { SweepPlan } from '@bursar/core'

/** What came of moving one asset on one network. */
export interface SweepMove {
  readonly plan: SweepPlan
  readonly outcome: MoveOutcome
  /** Once it is signed. */
  readonly transaction?: string
}

/**
 * `moved`: it is in a block. `empty`: there was nothing to move. `unfunded`: the fee cannot be paid, and nothing was signed.
 * `unknown`: it was sent, and may still get into a block. `failed`: it moved nothing.
 */
export type MoveOutcome =
  | { readonly status: 'moved' | 'empty' | 'unfunded' }
  | { readonly status: 'unknown'; readonly reason?: string }
  | { readonly status: 'failed'; readonly reason: string }
