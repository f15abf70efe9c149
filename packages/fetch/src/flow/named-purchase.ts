import { BursarError, formatUsdc, nameTakenError, type Resumption, transactionOf } from '@bursar/core'

/** Why a call of a name is not made: it is another's, is on its way, or was paid for. Nothing was signed. */
export function namedPurchaseError(
  name: string,
  {
    kind,
    purchase
  }: Extract<Resumption, { kind: 'answered' | 'name-taken' | 'in-progress' | 'already-settled' }>
): BursarError {
  const { id, offer } = purchase
  if (kind === 'name-taken') return nameTakenError(name, id)
  if (kind === 'in-progress')
    return new BursarError('purchase/in-progress', {
      message: `Purchase ${id}, "${name}", is on its way in another call. Nothing was signed.`,
      context: { name, purchase: id },
      moneyState: 'none'
    })
  const amount = formatUsdc(offer.cost)
  return new BursarError('purchase/already-settled', {
    message: `Purchase ${id}, "${name}", was paid with ${amount} USDC before. Nothing was signed.`,
    context: { name, purchase: id, amount, network: offer.network, transaction: transactionOf(purchase) },
    moneyState: 'none'
  })
}
