import type { Purchase, PurchaseEvent } from '@bursar/core'

/** A purchase, and whether the session that reports an event is the one that works on it. */
export interface WorkedOn {
  readonly purchase: Purchase
  readonly session: { readonly isOurs: boolean }
}

/** What a freeze stops beside what it stops before: a signature that is not on record yet, and was never sent. */
export const stoppedByFreeze: ReadonlySet<PurchaseEvent['type']> = new Set(['signed', 'reissued'])

/**
 * Decides whether a session may report an event. Anybody may learn from the chain or the service what became of the
 * money; how the call goes is known to the session that has it open. One that slept for long may find that another has
 * resumed its purchase: it signs nothing more for it, discards and withdraws nothing, and does not end the call. What was ever resumed
 * is not discarded by anybody, since the session may have it open again, for another call that sends it.
 */
export function evaluateReport(
  { purchase, session }: WorkedOn,
  { type }: PurchaseEvent
): 'accepted' | 'ignored' | 'rejected' {
  const hasOpen = session.isOurs && purchase.call === 'open'
  switch (type) {
    case 'signed':
    case 'reissued':
      return hasOpen ? 'accepted' : 'rejected'
    case 'withdrawn':
      return hasOpen || purchase.withdrawn ? 'accepted' : 'rejected'
    case 'discarded':
      return hasOpen && !purchase.resumed ? 'accepted' : 'ignored'
    case 'sent':
    case 'answered':
    case 'failed':
      return session.isOurs || purchase.call !== 'open' ? 'accepted' : 'ignored'
    default:
      return 'accepted'
  }
}
