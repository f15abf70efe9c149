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
 * Ends the call of a purchase that the server refused to ask another price: it is never sent again.
 *
 * @returns the purchase; not withdrawn where that is not on record, or where another call has taken it up.
 */
export async function withdraw(context: PaymentContext, purchase: Purchase): Promise<Purchase> {
  const withdrawn = await recordEvent(context, purchase, { type: 'withdrawn' })
  if (withdrawn.withdrawn) context.watch.add(withdrawn)
  return withdrawn
}

/**
 * Ends a purchase of which this call has sent nothing. What it signed, or is about to, is discarded: an equal call may have
 * paid meanwhile, and the next one would send those bytes as well.
 */
export async function endUnsent(context: PaymentContext, purchase: Purchase): Promise<Purchase> {
  const discarding = recordEvent(context, purchase, { type: 'discarded' })
  // Both events are recorded at once, so that the next write holds both.
  const [, ended] = await Promise.all([discarding, endCall(context, purchase, 'failed')])
  return ended
}
