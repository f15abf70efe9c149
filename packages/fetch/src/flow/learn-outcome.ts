import {
  authorizationOf,
  type MoneyState,
  type Purchase,
  type SettlementStatus,
  settledEvent
} from '@bursar/core'
import { emitPurchase } from './emit.js'
import type { PaymentContext } from './payment-context.js'
import { recordEvent } from './record-event.js'
import { getSettlementStatuses } from './settlement-status.js'

/** The state of the money after the chain was asked. */
export interface LearnedOutcome {
  readonly purchase: Purchase
  readonly moneyState: Extract<MoneyState, 'none' | 'sent' | 'settled' | 'unknown'>
}

/** Asks the chain about a purchase's authorization, and records the answer. */
export async function learnOutcome(
  context: PaymentContext,
  purchase: Purchase,
  signal?: AbortSignal
): Promise<LearnedOutcome> {
  const [outcome] = await learnOutcomes(context, [purchase], signal)
  return outcome ?? { purchase, moneyState: 'unknown' }
}

/**
 * Asks the chains about many purchases with few calls, and records the answers. Returns the outcomes in the same order.
 */
export async function learnOutcomes(
  context: PaymentContext,
  purchases: readonly Purchase[],
  signal?: AbortSignal
): Promise<readonly LearnedOutcome[]> {
  const open = purchases.filter(({ state }) => state === 'signed' || state === 'sent')
  const statuses = await getSettlementStatuses(context, open, signal)
  return Promise.all(purchases.map((purchase) => recordOutcome(context, purchase, statuses.get(purchase.id))))
}

async function recordOutcome(
  context: PaymentContext,
  purchase: Purchase,
  known: SettlementStatus | undefined
): Promise<LearnedOutcome> {
  if (purchase.state === 'settled') return { purchase, moneyState: 'settled' }
  if (purchase.state === 'dead') return { purchase, moneyState: 'none' }
  switch (known?.status) {
    case 'settled': {
      const settled = await recordEvent(context, purchase, settledEvent(known))
      emitPurchase(context, settled, { type: 'settled' })
      return { purchase: settled, moneyState: 'settled' }
    }
    case 'dead': {
      const { reference } = authorizationOf(purchase) ?? {}
      const dead = await recordEvent(context, purchase, { type: 'dead', reference })
      emitPurchase(context, dead, { type: 'dead' })
      return { purchase: dead, moneyState: 'none' }
    }
    case 'open':
      return { purchase, moneyState: 'sent' }
    default:
      return { purchase, moneyState: 'unknown' }
  }
}
