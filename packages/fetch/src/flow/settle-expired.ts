import { authorizationOf } from '@bursar/core'
import { abortable } from '../abortable.js'
import { learnOutcome } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'

/** How many purchases one call asks the chain about. */
const MAX_ASKED = 20

/**
 * Asks the chain about authorizations that have expired and of which nothing is known, since the dead ones still hold
 * their budget. Tells whether anything was learned.
 */
export async function settleExpired(context: PaymentContext, signal?: AbortSignal): Promise<boolean> {
  const nowSeconds = context.clock.nowMs() / 1000
  const outstanding = await abortable(signal, context.ledger.outstanding())
  const expired = outstanding.filter((purchase) => {
    const authorization = authorizationOf(purchase)
    return authorization !== undefined && authorization.expiresAtSeconds < nowSeconds
  })
  const asked = expired.slice(0, MAX_ASKED).map((purchase) => learnOutcome(context, purchase, signal))
  const outcomes = await abortable(signal, Promise.all(asked))
  return outcomes.some(({ moneyState }) => moneyState === 'none' || moneyState === 'settled')
}
