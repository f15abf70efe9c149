import type { Purchase, PurchaseEvent, PurchaseState, Reservation, ResumeQuery } from '@bursar/core'
import { conflict } from './refusals.js'

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
  released: ['reserved', 'sent', 'released']
}

/** Opens a purchase. What an account is billed for has nothing to sign: it is as good as sent. */
export function openPurchase({ budgets, ...asked }: Reservation, nowMs: number): Purchase {
  const state = asked.offer.dialect === 'account' ? 'sent' : 'reserved'
  return { ...asked, state, call: 'open', reservedAtMs: nowMs }
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

/**
 * What becomes of a purchase of a process that is gone, without asking anybody: what was only reserved is given back,
 * and what an account may have been billed for counts in full.
 */
export function endOfAbandoned({ state, call, authorization }: Purchase): PurchaseEvent | undefined {
  if (call !== 'failed' || authorization) return undefined
  if (state === 'reserved') return { type: 'released' }
  return state === 'sent' ? { type: 'settled' } : undefined
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
export function isClaimable(purchase: Purchase, { endedAfterMs, name }: ResumeQuery, nowMs: number): boolean {
  if (purchase.call !== 'failed' || purchase.payment === undefined || purchase.name !== name) return false
  const alive = isOutstanding(purchase) && purchase.payment.expiresAtSeconds * 1000 > nowMs
  return alive || name !== undefined || (purchase.endedAtMs ?? 0) >= endedAfterMs
}

function next(purchase: Purchase, event: PurchaseEvent, nowMs: number): Purchase {
  if (event.type === 'answered' || event.type === 'failed') {
    // A call ends once.
    if (purchase.call !== 'open') return purchase
    return { ...purchase, call: event.type, endedAtMs: nowMs }
  }
  if (event.type === 'job') return { ...purchase, job: event.job }
  // What was signed could still settle.
  const isOut = event.type === 'released' && purchase.authorization
  // Of one that has been replaced meanwhile.
  const isPast =
    event.type === 'dead' &&
    event.reference !== undefined &&
    event.reference !== purchase.authorization?.reference
  if (isOut || isPast || !allowedFrom[event.type].includes(purchase.state))
    throw conflict(purchase.id, purchase.state, event.type)
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
        // What has settled counts by then, and stays as it is.
        offer: {
          ...purchase.offer,
          cost: (purchase.settledAtMs ? undefined : event.cost) ?? purchase.offer.cost
        },
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
