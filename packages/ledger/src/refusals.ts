import { BursarError, type Purchase, type PurchaseState } from '@bursar/core'

/**
 * Somebody has frozen the ledger.
 *
 * @param takenUp the purchase of an equal call, if there was one to be sent again.
 */
export function frozen(reason: string, takenUp?: Purchase): BursarError<'ledger/frozen'> {
  const moneyState = takenUp === undefined ? 'none' : takenUp.state === 'settled' ? 'settled' : 'sent'
  return new BursarError('ledger/frozen', {
    message: `Payments are frozen: ${reason}. Nothing was ${takenUp ? `sent again: ${takenUp.id}` : 'signed'}.`,
    context: { reason },
    moneyState
  })
}

/**
 * A purchase is not where an event would have it. Identifiers are random: one that is missing, or there twice, means
 * that two writers disagree.
 */
export function conflict(
  purchase: string,
  state: PurchaseState | 'absent' | 'present',
  event: string
): BursarError<'ledger/conflict'> {
  return new BursarError('ledger/conflict', {
    message: `Purchase ${purchase} is ${state} in the ledger and cannot become ${event}.`,
    context: { purchase, state, event },
    moneyState: state === 'settled' ? state : state === 'signed' || state === 'sent' ? 'sent' : 'none'
  })
}
