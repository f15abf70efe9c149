import type { Purchase, PurchaseEvent } from '@bursar/core'
import { endCall } from './apply-event.js'
import type { Liveness } from './liveness.js'
import { isBilled } from './questions.js'

/** A purchase as it stands once its session has been judged: the call of one that is gone ended then, without its answer. */
export function asJudged(purchase: Purchase, session: Liveness): Purchase {
  return session.kind === 'gone' ? endCall(purchase, 'failed', session.sinceMs) : purchase
}

/**
 * What becomes of a purchase whose session is gone, without asking anybody: what was only reserved is given back, and
 * what an account or a balance may have been charged for counts in full.
 *
 * @param purchase as it was judged.
 */
export function resolveOrphan(purchase: Purchase): PurchaseEvent | undefined {
  const { kind, state, call } = purchase
  if (call !== 'failed') return undefined
  if (kind === 'payment') return state === 'reserved' ? { type: 'released' } : undefined
  return isBilled(purchase) && state === 'sent' ? { type: 'settled' } : undefined
}
