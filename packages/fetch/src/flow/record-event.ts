import type { Purchase, PurchaseEvent } from '@bursar/core'
import { emitPurchase } from './emit.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Records an event after the money has moved. A failing ledger must not lose an answer that was paid for: it writes the
 * event as soon as it can, and the chain can be asked again.
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
