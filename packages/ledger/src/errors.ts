import {
  BursarError,
  bursarErrorOf,
  type Purchase,
  type PurchaseEvent,
  type PurchaseState
} from '@bursar/core'
import type { Recorded } from './steps/record-step.js'

/** The ledger is frozen, and there is a purchase of an equal call, which is not sent again either. */
export function frozenResumptionError(reason: string, { id, state }: Purchase): BursarError<'ledger/frozen'> {
  return new BursarError('ledger/frozen', {
    message: `Payments are frozen: ${reason}. Nothing was sent again: ${id}.`,
    context: { reason },
    moneyState: state === 'settled' ? 'settled' : 'sent'
  })
}

/** The error of a purchase that could not be resumed, and whose payment may be out or has settled. */
export function unresumedError(error: unknown, { id, state }: Purchase): unknown {
  const unavailable = bursarErrorOf(error, 'ledger/unavailable')
  if (state === 'reserved' || !unavailable) return error
  const { reason } = unavailable.context
  const what = state === 'settled' ? 'was paid for' : 'may have been paid for'
  return new BursarError('ledger/unavailable', {
    message: `The ledger cannot be used: ${reason}. ${id} ${what} before, and nothing was sent again.`,
    context: { reason },
    moneyState: state === 'settled' ? 'settled' : 'unknown',
    cause: unavailable.cause ?? error
  })
}

/**
 * The error of an event that cannot happen in the state of its purchase. Identifiers are random, so that a purchase that
 * is missing means that two writers disagree.
 */
export function conflictError(
  purchase: string,
  state: PurchaseState | 'absent',
  event: string
): BursarError<'ledger/conflict'> {
  return new BursarError('ledger/conflict', {
    message: `Purchase ${purchase} is ${state} in the ledger and cannot become ${event}.`,
    context: { purchase, state, event },
    moneyState: state === 'settled' ? state : state === 'signed' || state === 'sent' ? 'sent' : 'none'
  })
}

/** The error of an event that was not recorded. What was signed and is not on record is never sent. */
export function unrecordedError(
  id: string,
  type: PurchaseEvent['type'],
  recorded: Exclude<Recorded, { readonly purchase: Purchase }>
): BursarError {
  if ('conflict' in recorded) return conflictError(id, recorded.conflict, type)
  const { reason } = recorded.frozen
  return new BursarError('ledger/frozen', {
    message: `Payments are frozen: ${reason}. What was signed for ${id} is not sent.`,
    context: { reason },
    moneyState: 'signed'
  })
}

/** The error of a store that cannot be read or written, before anything was paid: without a record nothing is. */
export function unavailableError(reason: string, cause?: unknown): BursarError<'ledger/unavailable'> {
  return new BursarError('ledger/unavailable', {
    message: `The ledger cannot be used: ${reason}. Without a record nothing is paid.`,
    context: { reason },
    moneyState: 'none',
    ...(cause === undefined ? {} : { cause })
  })
}
