import type { Purchase, PurchaseEvent } from '@bursar/core'
import { emitPurchase } from './emit.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Records what happened to a purchase where the money has already moved and the ledger only follows. A ledger that fails
 * here must not take an answer away that has been paid for: it writes the event as soon as it can, and the chain can tell
 * it again.
 */
export async function recordEvent(
  context: PaymentContext,
  purchase: Purchase,
  event: PurchaseEvent
): Promise<Purchase> {
  try {
    return await context.ledger.recordEvent(purchase.id, event)
  } catch {
    emitPurchase(context, purchase, { type: 'ledger-failed' })
    return purchase
  }
}
