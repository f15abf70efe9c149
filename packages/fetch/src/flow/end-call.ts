import type { Purchase } from '@bursar/core'
import type { PaymentContext } from './payment-context.js'
import { recordEvent } from './record-event.js'

/** How a call ends for its caller. */
export type CallEnd = 'answered' | 'failed'

/** Ends the call of a purchase. The outcome of a payment that is still open is learned in the background. */
export async function endCall(context: PaymentContext, purchase: Purchase, type: CallEnd): Promise<Purchase> {
  const ended = await recordEvent(context, purchase, { type })
  if (ended.state === 'signed' || ended.state === 'sent') context.watch.add(ended)
  return ended
}

/**
 * Ends a purchase that is not sent: an unsigned one is released, and a signed one is left for an equal call to send.
 */
export async function endUnsent(context: PaymentContext, purchase: Purchase): Promise<void> {
  if (purchase.state === 'reserved') await recordEvent(context, purchase, { type: 'released' })
  await endCall(context, purchase, 'failed')
}
