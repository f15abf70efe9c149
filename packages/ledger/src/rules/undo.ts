import type { Purchase, PurchaseEvent } from '@bursar/core'
import { isBilled } from './questions.js'

/**
 * The event that ends a purchase whose caller was told that it was not made, or not resumed, so that this call sent
 * nothing. A mere reservation is released; a signed payment is left to the next equal call.
 */
export function undoOf(purchase: Purchase): readonly PurchaseEvent[] {
  const { state } = purchase
  const isHeldOnly = state === 'reserved' || (isBilled(purchase) && state === 'sent')
  return isHeldOnly ? [{ type: 'released' }, { type: 'failed' }] : [{ type: 'failed' }]
}
