import { isBursarError, type MoneyState, type Purchase } from '@bursar/core'
import type { Desk } from './desk.js'
import { announce, follow } from './move.js'

/** What is known of the money once the chain has been asked. */
export interface Known {
  readonly purchase: Purchase
  readonly moneyState: Extract<MoneyState, 'none' | 'sent' | 'settled' | 'unknown'>
}

/** Asks the chain what became of a purchase's authorization, and tells the ledger. */
export async function askChain(desk: Desk, purchase: Purchase): Promise<Known> {
  if (purchase.state === 'settled') return { purchase, moneyState: 'settled' }
  if (purchase.state === 'dead') return { purchase, moneyState: 'none' }
  const { payment } = purchase
  const payer = await desk.payerOf(purchase.offer.network.split(':')[0] ?? '')
  if (!payment || !payer) return { purchase, moneyState: 'unknown' }
  try {
    const fate = await payer.prove(payment)
    switch (fate.fate) {
      case 'settled': {
        const { transaction } = fate
        const event = { type: 'settled', ...(transaction === undefined ? {} : { transaction }) } as const
        const settled = await follow(desk, purchase, event)
        announce(desk, 'settled', settled)
        return { purchase: settled, moneyState: 'settled' }
      }
      case 'dead': {
        await follow(desk, purchase, { type: 'dead' })
        announce(desk, 'dead', purchase)
        // The payment is kept for the error that names it; the ledger has dropped it.
        return { purchase: { ...purchase, state: 'dead' }, moneyState: 'none' }
      }
      default:
        return { purchase, moneyState: 'sent' }
    }
  } catch (error) {
    if (isBursarError(error, 'rpc/unavailable')) return { purchase, moneyState: 'unknown' }
    throw error
  }
}
