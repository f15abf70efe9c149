import { authorizationOf, bytesOf, type MoneyState, type Purchase, type SettlementStatus } from '@bursar/core'
import { emitPurchase } from './emit.js'
import type { PaymentContext } from './payment-context.js'
import { recordEvent } from './record-event.js'

/** What is known of the money once the chain has been asked. */
export interface LearnedOutcome {
  readonly purchase: Purchase
  readonly moneyState: Extract<MoneyState, 'none' | 'sent' | 'settled' | 'unknown'>
}

/** Asks the chain what became of a purchase's authorization, and records the answer. */
export async function learnOutcome(
  context: PaymentContext,
  purchase: Purchase,
  signal?: AbortSignal
): Promise<LearnedOutcome> {
  if (purchase.state === 'settled') return { purchase, moneyState: 'settled' }
  if (purchase.state === 'dead') return { purchase, moneyState: 'none' }
  const known = await getSettlementStatus(context, purchase, signal)
  switch (known?.status) {
    case 'settled': {
      const { transaction } = known
      const settled = await recordEvent(context, purchase, { type: 'settled', transaction })
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

/**
 * What the chain says of a purchase's payment; nothing when it cannot be asked. Whatever fails, in a payer of anybody's,
 * is no answer of the chain.
 */
export async function getSettlementStatus(
  { payerOf }: PaymentContext,
  purchase: Purchase,
  signal?: AbortSignal
): Promise<SettlementStatus | undefined> {
  const bytes = bytesOf(purchase)
  if (!bytes) return undefined
  try {
    const payer = await payerOf(purchase.offer.network.split(':')[0] ?? '')
    return await payer?.getSettlementStatus(bytes.payment, signal)
  } catch {
    return undefined
  }
}
