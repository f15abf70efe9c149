import {
  authorizationOf,
  evidenceOf,
  formatUsdc,
  ownAmountOf,
  type Purchase,
  paidFor,
  transactionOf
} from '@bursar/core'
import { loggable, type Receipt } from './receipt.js'

/** Makes the receipt of a purchase. */
export function createReceipt(purchase: Purchase, { resumed }: Pick<Receipt, 'resumed'>): Receipt {
  const { offer } = purchase
  const { payer = '', reference = '' } = authorizationOf(purchase) ?? {}
  const evidence = evidenceOf(purchase)
  return loggable({
    purchase: purchase.id,
    moneyState: purchase.state === 'settled' ? 'settled' : 'sent',
    ...ownAmountOf(offer),
    cost: formatUsdc(offer.cost),
    ...(offer.isTest && { isTest: true }),
    amountAtomic: offer.amountAtomic,
    paidFor: paidFor(offer.dialect, purchase.path),
    ...(offer.upto && { most: formatUsdc(offer.upto.cost) }),
    network: offer.network,
    asset: offer.asset,
    payer,
    payTo: offer.payTo,
    transaction: transactionOf(purchase),
    reference,
    ...(evidence && { evidence }),
    resumed
  })
}
