import {
  BursarError,
  type ClaimQuery,
  type Purchase,
  type PurchaseEvent,
  type PurchaseState,
  type Reservation
} from '@bursar/core'

/** From which states each event about the money is taken. An event that changes nothing is taken twice. */
const allowedFrom: Record<
  Exclude<PurchaseEvent['type'], 'answered' | 'failed' | 'job'>,
  readonly PurchaseState[]
> = {
  signed: ['reserved'],
  replaced: ['signed', 'sent'],
  sent: ['signed', 'sent'],
  settled: ['signed', 'sent', 'settled'],
  dead: ['signed', 'sent', 'dead'],
  released: ['reserved', 'released']
}

/** Opens a purchase. */
export function openPurchase({ budgets, ...asked }: Reservation, nowMs: number): Purchase {
  return { ...asked, state: 'reserved', call: 'open', reservedAtMs: nowMs }
}

/**
 * The state machine that every store shares: what a purchase becomes when something happens to it.
 *
 * @throws {BursarError} `ledger/conflict` when the event cannot happen in that state, such as a
 * signature for a reservation that has been released.
 */
export function transition(purchase: Purchase, event: PurchaseEvent, nowMs: number): Purchase {
  return withoutSpentBytes(next(purchase, event, nowMs))
}

/** Takes a purchase up again for an equal call. */
export function reopenPurchase(purchase: Purchase): Purchase {
  return { ...purchase, call: 'open', endedAtMs: undefined }
}

/** Whether the purchase's authorization can still settle, as far as the ledger knows. */
export function isOutstanding(purchase: Purchase): boolean {
  return purchase.state === 'signed' || purchase.state === 'sent'
}

/** Whether the purchase counts against budgets however long ago it was made. */
export function isHeld(purchase: Purchase): boolean {
  return purchase.state === 'reserved' || isOutstanding(purchase)
}

/** Whether a purchase keeps its name from others: one that came to nothing gives it back. */
export function keepsName({ state }: Purchase): boolean {
  return state !== 'dead' && state !== 'released'
}

/**
 * Whether an equal call takes the purchase up: it ended within the window, or its authorization is still
 * alive, however long ago that was. One that was given a name is taken up by that name for ever.
 */
export function isClaimable(purchase: Purchase, { endedAfterMs, name }: ClaimQuery, nowMs: number): boolean {
  if (purchase.call !== 'failed' || purchase.payment === undefined || purchase.name !== name) return false
  const alive = isOutstanding(purchase) && purchase.payment.expiresAtSeconds * 1000 > nowMs
  return alive || name !== undefined || (purchase.endedAtMs ?? 0) >= endedAfterMs
}

function next(purchase: Purchase, event: PurchaseEvent, nowMs: number): Purchase {
  if (event.type === 'answered' || event.type === 'failed') {
    return { ...purchase, call: event.type, endedAtMs: nowMs }
  }
  if (event.type === 'job') return { ...purchase, job: event.job }
  if (!allowedFrom[event.type].includes(purchase.state)) throw conflict(purchase, event)
  switch (event.type) {
    case 'signed':
    case 'replaced': {
      const { payment, header } = event
      const { payer, reference, expiresAtSeconds } = payment
      const authorization = { payer, reference, expiresAtSeconds }
      return { ...purchase, state: 'signed', payment, header, authorization }
    }
    case 'settled':
      return {
        ...purchase,
        state: 'settled',
        settledAtMs: purchase.settledAtMs ?? nowMs,
        transaction: event.transaction ?? purchase.transaction
      }
    default:
      return { ...purchase, state: event.type }
  }
}

/** A signature that can no longer be of use is a secret kept for nothing. */
function withoutSpentBytes(purchase: Purchase): Purchase {
  const spent =
    purchase.state === 'dead' ||
    purchase.state === 'released' ||
    (purchase.state === 'settled' && purchase.call === 'answered')
  return spent ? { ...purchase, payment: undefined, header: undefined } : purchase
}

function conflict(purchase: Purchase, event: PurchaseEvent): BursarError<'ledger/conflict'> {
  return new BursarError('ledger/conflict', {
    message: `Purchase ${purchase.id} is ${purchase.state} and cannot become ${event.type}.`,
    context: { purchase: purchase.id, state: purchase.state, event: event.type },
    moneyState: purchase.state === 'settled' ? 'settled' : isOutstanding(purchase) ? 'sent' : 'none'
  })
}
