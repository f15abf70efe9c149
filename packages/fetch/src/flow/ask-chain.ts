import { isBursarError, type MoneyState, type Purchase, type SettlementStatus } from '@bursar/core'
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
  const fate = await fateOf(desk, purchase)
  switch (fate?.status) {
    case 'settled': {
      const { transaction } = fate
      const event = { type: 'settled', transaction } as const
      const settled = await follow(desk, purchase, event)
      announce(desk, 'settled', settled)
      return { purchase: settled, moneyState: 'settled' }
    }
    case 'dead': {
      await follow(desk, purchase, { type: 'dead', reference: purchase.authorization?.reference })
      announce(desk, 'dead', purchase)
      // The payment is kept for the error that names it; the ledger has dropped it.
      return { purchase: { ...purchase, state: 'dead' }, moneyState: 'none' }
    }
    case 'open':
      return { purchase, moneyState: 'sent' }
    default:
      return { purchase, moneyState: 'unknown' }
  }
}

/** What the chain says of a purchase's payment; nothing when it cannot be asked. */
export async function fateOf(
  desk: Desk,
  { payment, offer }: Purchase
): Promise<SettlementStatus | undefined> {
  const payer = await desk.payerOf(offer.network.split(':')[0] ?? '')
  if (!payment || !payer) return undefined
  try {
    return await payer.getSettlementStatus(payment)
  } catch (error) {
    if (isBursarError(error, 'rpc/unavailable')) return undefined
    throw error
  }
}
