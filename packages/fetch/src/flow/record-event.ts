import { isBursarError, type Purchase, type PurchaseEvent } from '@bursar/core'
import { emitPurchase } from './emit.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Records what happened to a purchase where the money has already moved and the ledger only follows. A ledger that fails
 * here must not take an answer away that has been paid for: the chain can tell it again.
 */
export async function recordEvent(
  context: PaymentContext,
  purchase: Purchase,
  event: PurchaseEvent
): Promise<Purchase> {
  const { id } = purchase
  try {
    return await (event.type === 'failed'
      ? recordFailure(context, id)
      : context.ledger.recordEvent(id, event))
  } catch {
    emitPurchase(context, purchase, { type: 'ledger-failed' })
    return purchase
  }
}

/**
 * Ends a purchase's call without its answer. Until the ledger has that, or knows no such purchase, equal calls wait.
 *
 * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
 */
export async function recordFailure({ ledger, unended }: PaymentContext, id: string): Promise<Purchase> {
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
