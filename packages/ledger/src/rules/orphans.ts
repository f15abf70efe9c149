import type { Purchase, PurchaseEvent } from '@bursar/core'
import { endCall } from './apply-event.js'
import type { Liveness } from './liveness.js'

/** A purchase as it stands once its session has been judged: the call of one that is gone ended then, without its answer. */
export function asJudged(purchase: Purchase, session: Liveness): Purchase {
  return session.kind === 'gone' ? endCall(purchase, 'failed', session.sinceMs) : purchase
}

/**
 * What becomes of a purchase whose session is gone, without asking anybody: what was only reserved is given back, and
 * what an account may have been billed for counts in full.
 *
 * @param purchase as it was judged.
 */
export function resolveOrphan({ kind, state, call }: Purchase): PurchaseEvent | undefined {
  if (call !== 'failed') return undefined
  if (kind === 'payment') return state === 'reserved' ? { type: 'released' } : undefined
  return kind === 'account' && state === 'sent' ? { type: 'settled' } : undefined
}
