import { BursarError } from '@bursar/core'

/** Somebody has frozen the ledger. */
export function frozen(reason: string): BursarError<'ledger/frozen'> {
  return new BursarError('ledger/frozen', {
    message: `Payments are frozen: ${reason}. Nothing was signed.`,
    context: { reason },
    moneyState: 'none'
  })
}

/** Identifiers are random: one that is missing, or there twice, means that two writers disagree. */
export function conflict(
  purchase: string,
  state: 'absent' | 'present',
  event: string
): BursarError<'ledger/conflict'> {
  return new BursarError('ledger/conflict', {
    message: `Purchase ${purchase} is ${state} in the ledger and cannot become ${event}.`,
    context: { purchase, state, event },
    moneyState: 'none'
  })
}
