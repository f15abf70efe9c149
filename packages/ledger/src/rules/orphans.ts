import type { Purchase, PurchaseEvent } from '@bursar/core'
import { endCall } from './apply-event.js'
import type { Liveness } from './liveness.js'

/** Ends the open call of a purchase whose session is gone: it failed when the session was last known to be at work. */
export function endAbandonedCall(purchase: Purchase, session: Liveness): Purchase {
  return session.kind === 'gone' ? endCall(purchase, 'failed', session.sinceMs) : purchase
}

/**
 * Decides what happens to a purchase whose session is gone, where that needs no look at the chain: a mere reservation
 * is released, and what an account or a balance may have been charged for counts in full.
 *
 * @param purchase as {@link endAbandonedCall} returns it.
 */
export function resolveOrphan(purchase: Purchase): PurchaseEvent | undefined {
  const { kind, state, call } = purchase
  if (call !== 'failed') return undefined
  if (kind === 'payment') return state === 'reserved' ? { type: 'released' } : undefined
  return state === 'sent' ? { type: 'settled' } : undefined
}
