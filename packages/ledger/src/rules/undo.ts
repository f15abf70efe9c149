import type { Purchase, PurchaseEvent } from '@bursar/core'

/**
 * What ends a purchase whose caller was told that it was not made, or not resumed: nothing of it was sent by that call. What
 * only holds its cost gives it back; what was signed is left to the next equal call.
 */
export function undoOf({ kind, state }: Purchase): readonly PurchaseEvent[] {
  const isHeldOnly = state === 'reserved' || (kind === 'account' && state === 'sent')
  return isHeldOnly ? [{ type: 'released' }, { type: 'failed' }] : [{ type: 'failed' }]
}
