import type { Purchase, PurchaseEvent } from '@bursar/core'

/** A purchase, and whether the session that reports an event is the one that works on it. */
export interface WorkedOn {
  readonly purchase: Purchase
  readonly session: { readonly isOurs: boolean }
}

/**
 * Whether an event is for the session to report. Anybody may learn from the chain or the service what became of the
 * money; how the call goes is known to the session that has it open. One that slept for long may find that another has
 * resumed its purchase: it signs nothing more for it, discards nothing, and does not end the call. What was ever resumed
 * is not discarded by anybody, since the session may have it open again, for another call that sends it.
 */
export function judgeReport(
  { purchase, session }: WorkedOn,
  { type }: PurchaseEvent
): 'taken' | 'ignored' | 'refused' {
  const hasOpen = session.isOurs && purchase.call === 'open'
  switch (type) {
    case 'signed':
    case 'reissued':
      return hasOpen ? 'taken' : 'refused'
    case 'discarded':
      return hasOpen && !purchase.resumed ? 'taken' : 'ignored'
    case 'sent':
    case 'answered':
    case 'failed':
      return session.isOurs || purchase.call !== 'open' ? 'taken' : 'ignored'
    default:
      return 'taken'
  }
}
