import type { Purchase, PurchaseEvent } from '@bursar/core'
import { isBilled } from './questions.js'

/** What failed for its caller. */
export type Attempt = 'reservation' | 'resumption'

/**
 * The events that end a purchase whose caller got an error instead of it, or gave up, so that this call sent nothing. What it
 * reserved is released, and what it signed is discarded. What it resumed may have been sent before, and is left to the
 * next equal call.
 */
export function undoOf(purchase: Purchase, attempt: Attempt): readonly PurchaseEvent[] {
  if (attempt === 'resumption') return [{ type: 'failed' }]
  return [{ type: isBilled(purchase) ? 'released' : 'discarded' }, { type: 'failed' }]
}
