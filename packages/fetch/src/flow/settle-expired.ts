import { abortable, authorizationOf, type Purchase } from '@bursar/core'
import { learnOutcomes } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'

/** How many purchases one call asks the chain about. */
const MAX_LOOKUPS = 20

/** The result of asking about expired authorizations. */
export interface ExpiredLookup {
  /** Whether any outcome was learned. */
  readonly isAnyLearned: boolean
  /** The expired purchases beyond the bound. */
  readonly remaining: readonly Purchase[]
}

/**
 * Asks the chain about expired authorizations with an unknown outcome, since dead ones still use up budget and settled
 * ones count by the wrong time.
 */
export async function settleExpired(context: PaymentContext, signal?: AbortSignal): Promise<ExpiredLookup> {
  const expired = await abortable(findExpired(context, signal), signal)
  const batch = expired.slice(0, MAX_LOOKUPS)
  const outcomes = await abortable(learnOutcomes(context, batch, signal), signal)
  const isAnyLearned = outcomes.some(({ moneyState }) => moneyState === 'none' || moneyState === 'settled')
  return { isAnyLearned, remaining: expired.slice(MAX_LOOKUPS) }
}

async function findExpired(context: PaymentContext, signal: AbortSignal | undefined): Promise<Purchase[]> {
  const nowSeconds = context.clock.nowMs() / 1000
  const outstanding = await context.ledger.outstanding({ signal })
  const expired = outstanding.filter((purchase) => {
    const authorization = authorizationOf(purchase)
    return authorization !== undefined && authorization.expiresAtSeconds < nowSeconds
  })
  return rotate(expired, randomIndex(context, expired.length))
}

/** Each process starts at another index, so that purchases whose chain does not answer do not hold up the others. */
function rotate<Item>(items: readonly Item[], start: number): Item[] {
  return [...items.slice(start), ...items.slice(0, start)]
}

function randomIndex({ random }: PaymentContext, length: number): number {
  if (length <= MAX_LOOKUPS) return 0
  const [high = 0, low = 0] = random(2)
  return (high * 256 + low) % length
}
