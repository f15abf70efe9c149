import type { Challenge, Purchase } from '@bursar/core'
import type { FreshChallenge } from './correct-envelope.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import type { LearnedOutcome } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'

/** The server refused a remembered price and asks another. */
export interface AnotherPrice {
  readonly challenge: Challenge
  /** The payment that it refused, which counts until the chain proves that it cannot settle. */
  readonly refused: Purchase
  readonly moneyState: Exclude<LearnedOutcome['moneyState'], 'settled'>
}

/**
 * Ends the purchase of a remembered price that the server refused to ask another: no equal call may send those bytes again, also
 * one that waits for its end. Its budget is held until the chain proves it dead.
 *
 * @returns `undefined` where the same is asked, where nothing is, where the money was taken all the same, or where another call has
 * taken the payment up.
 */
export async function endAtAnotherPrice(
  context: PaymentContext,
  delivery: Delivery,
  fresh: FreshChallenge | undefined
): Promise<AnotherPrice | undefined> {
  if (!fresh || fresh.offer || fresh.challenge.offers.length === 0) return undefined
  const { moneyState } = await delivery.learn()
  if (moneyState === 'settled') return undefined
  emitPurchase(context, delivery.purchase, { type: 'refused', status: 402 })
  if (!(await delivery.withdraw())) return undefined
  return { challenge: fresh.challenge, refused: delivery.purchase, moneyState }
}
