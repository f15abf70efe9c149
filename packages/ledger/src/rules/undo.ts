import type { Purchase, PurchaseEvent } from '@bursar/core'
import { isBilled } from './questions.js'

/**
 * What ends a purchase whose caller was told that it was not made, or not resumed: nothing of it was sent by that call. What
 * only holds its cost gives it back; what was signed is left to the next equal call.
 */
export function undoOf(purchase: Purchase): readonly PurchaseEvent[] {
  const { state } = purchase
  const isHeldOnly = state === 'reserved' || (isBilled(purchase) && state === 'sent')
  return isHeldOnly ? [{ type: 'released' }, { type: 'failed' }] : [{ type: 'failed' }]
}
