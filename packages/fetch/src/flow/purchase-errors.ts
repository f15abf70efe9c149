import {
  amountWords,
  BursarError,
  inProgressError,
  nameTakenError,
  ownAmountOf,
  type Purchase,
  type Resumption,
  transactionOf
} from '@bursar/core'

/**
 * The error of a named or joined call that is not made, because the name is taken, in progress or already paid. Nothing
 * was signed.
 */
export function namedPurchaseError({
  kind,
  purchase
}: Extract<
  Resumption,
  { kind: 'answered' | 'name-taken' | 'in-progress' | 'already-settled' }
>): BursarError {
  if (kind === 'name-taken') return nameTakenError(purchase.name ?? '', purchase.id)
  return kind === 'in-progress' ? inProgressError(purchase.id, purchase.name) : alreadySettledError(purchase)
}

function alreadySettledError(purchase: Purchase): BursarError {
  const { id, name, offer } = purchase
  const { amount } = ownAmountOf(offer)
  const paid = `Purchase ${id}${quoted(name)} was paid with ${amountWords(offer)}`
  const message =
    name === undefined
      ? `${paid} by the equal call that this one joined, whose process alone has the answer. Nothing was signed. The same call again is another purchase.`
      : `${paid} before. Nothing was signed.`
  return new BursarError('purchase/already-settled', {
    message,
    context: { name, purchase: id, amount, network: offer.network, transaction: transactionOf(purchase) },
    moneyState: 'none'
  })
}

function quoted(name: string | undefined): string {
  return name === undefined ? '' : `, "${name}",`
}
