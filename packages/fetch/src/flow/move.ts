import { formatUsdc, isBursarError, type Purchase, type PurchaseEvent } from '@bursar/core'
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
  try {
    return await (event.type === 'failed' ? fail(desk, id) : desk.ledger.recordEvent(id, event))
  } catch {
    announce(desk, 'ledger-failed', purchase)
    return purchase
  }
}

/**
 * Ends a purchase's call without its answer. Until the ledger has that, or knows no such purchase, equal calls wait.
 *
 * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
 */
export async function fail({ ledger, unended }: Desk, id: string): Promise<Purchase> {
  unended.add(id)
  try {
    const failed = await ledger.recordEvent(id, { type: 'failed' })
    unended.delete(id)
    return failed
  } catch (error) {
    if (isBursarError(error, 'ledger/conflict')) unended.delete(id)
    throw error
  }
}
