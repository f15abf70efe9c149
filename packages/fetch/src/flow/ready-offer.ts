import { type BursarError, bursarErrorOf, isBursarError } from '@bursar/core'
import type { Choice } from './evaluate-offer.js'
import { assertFunded } from './funds.js'
import type { PaymentContext } from './payment-context.js'
import { type Prepared, type PreparedCall, preparePayment } from './prepare-payment.js'

/** An offer that can be paid, and its payment, which lacks only the signature. */
export interface ReadyOffer {
  readonly choice: Choice
  readonly prepared: Prepared
}

/**
 * Whether to look if the account holds enough. `'if-it-can'`: that nobody can look rejects no offer, since it would be paid without.
 */
export type Look = boolean | 'if-it-can'

/**
 * Readies an offer that has passed every check that needs no chain.
 *
 * @returns why it cannot be paid, where that is the offer's own fault or its chain's, so that another may be.
 * @throws what is no offer's fault, such as a wallet that is not connected, or the signal's reason.
 */
export async function readyOffer(
  context: PaymentContext,
  call: PreparedCall,
  { choice, looks }: { readonly choice: Choice; readonly looks: Look }
): Promise<ReadyOffer | BursarError> {
  try {
    if (looks) await look(context, call, { choice, looks })
    return { choice, prepared: await preparePayment(context, call, choice) }
  } catch (error) {
    call.request.signal?.throwIfAborted()
    const ours = bursarErrorOf(error)
    if (ours?.code.startsWith('offer/') || ours?.code === 'rpc/unavailable') return ours
    throw error
  }
}

async function look(
  context: PaymentContext,
  { request: { signal } }: PreparedCall,
  { choice, looks }: { readonly choice: Choice; readonly looks: Look }
): Promise<void> {
  try {
    await assertFunded(context, choice, signal)
  } catch (error) {
    if (looks !== 'if-it-can' || !isBursarError(error, 'rpc/unavailable')) throw error
  }
}
