import { formatUsdc, type Purchase, type PurchaseEvent } from '@bursar/core'
import type { BursarEventType } from '../events.js'
import type { Desk } from './desk.js'

/** Tells the listeners what became of a purchase. */
export function announce(desk: Desk, type: BursarEventType, purchase: Purchase, status?: number): void {
  const { id, origin, offer, transaction } = purchase
  desk.emit(() => ({
    type,
    atMs: desk.clock.nowMs(),
    host: origin.slice(origin.indexOf('//') + 2),
    purchase: id,
    network: offer.network,
    amount: formatUsdc(offer.cost),
    transaction,
    status
  }))
}

/**
 * Moves a purchase on where the money has already moved and the ledger only follows. A ledger that fails
 * here must not take an answer away that has been paid for: the chain can tell it again.
 */
export async function follow(desk: Desk, purchase: Purchase, event: PurchaseEvent): Promise<Purchase> {
  const { id } = purchase
  const ends = event.type === 'failed'
  if (ends) desk.unended.add(id)
  try {
    const moved = await desk.ledger.advance(id, event)
    if (ends) desk.unended.delete(id)
    return moved
  } catch {
    announce(desk, 'ledger-failed', purchase)
    return purchase
  }
}
