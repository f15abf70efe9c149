import { BursarError } from '@bursar/core'

/** The error of a store that cannot be read or written. Nothing is paid without a record. */
export function unavailable(reason: string, cause?: unknown): BursarError<'ledger/unavailable'> {
  return new BursarError('ledger/unavailable', {
    message: `The ledger cannot be used: ${reason}. Without a record nothing is paid.`,
    context: { reason },
    moneyState: 'none',
    ...(cause === undefined ? {} : { cause })
  })
}
