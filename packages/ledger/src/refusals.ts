import { BursarError, type Purchase } from '@bursar/core'

/** Somebody has frozen the ledger. */
export function frozen(reason: string): BursarError<'ledger/frozen'> {
  return new BursarError('ledger/frozen', {
    message: `Payments are frozen: ${reason}. Nothing was signed.`,
    context: { reason },
    moneyState: 'none'
  })
}

/** Somebody has frozen the ledger while an equal call's payment is out. */
export function frozenTakeUp(
  reason: string,
  { id, state }: Pick<Purchase, 'id' | 'state'>
): BursarError<'ledger/frozen'> {
  const settled = state === 'settled'
  return new BursarError('ledger/frozen', {
    message: `Payments are frozen: ${reason}. Purchase ${id} of an equal call ${settled ? 'is paid for' : 'is out'}, and was not sent again.`,
    context: { reason },
    moneyState: settled ? 'settled' : 'sent'
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
