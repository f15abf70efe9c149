import { authorizationOf, type Debit, type Purchase, transactionOf } from '@bursar/core'

/** A purchase, and the transfer on the chain that paid for it. */
interface MatchedPurchase {
  readonly purchase: Purchase
  readonly debit: Debit
}

/** The purchases and transfers that belong together, from a point in time on. */
export interface Matches {
  /** By the chain's time: transfers from the moment on. */
  readonly matched: readonly MatchedPurchase[]
  /** Transfers from the moment on that no purchase accounts for. */
  readonly unknown: readonly Debit[]
  /** Purchases that settled from the moment on, by the ledger's time, and have no transfer at all. */
  readonly unmatched: readonly Purchase[]
}

/**
 * Finds the transfer of each purchase, by the public name of its authorization, else by its transaction.
 *
 * Chain and ledger have clocks of their own. So both sides include more than the requested time, which only decides
 * what is reported: a payment that one clock puts before that time and the other after it still finds its transfer.
 */
export function matchDebits(
  debits: readonly Debit[],
  purchases: readonly Purchase[],
  fromMs: number
): Matches {
  const byKey = new Map(purchases.flatMap((purchase) => keysOf(purchase).map((key) => [key, purchase])))
  const paired = debits.map((debit) => ({ debit, purchase: byKey.get(keyOfDebit(debit)) }))
  const found = new Set(paired.map(({ purchase }) => purchase))
  const asked = paired.filter(({ debit }) => debit.atMs >= fromMs)
  return {
    matched: asked.flatMap(({ debit, purchase }) => (purchase ? [{ debit, purchase }] : [])),
    unknown: asked.flatMap(({ debit, purchase }) => (purchase ? [] : [debit])),
    unmatched: purchases.filter(
      (purchase) => purchase.state === 'settled' && purchase.settledAtMs >= fromMs && !found.has(purchase)
    )
  }
}

function keysOf(purchase: Purchase): string[] {
  const { network } = purchase.offer
  const reference = purchase.kind === 'debit' ? purchase.reference : authorizationOf(purchase)?.reference
  const transaction = transactionOf(purchase)
  return [
    ...(reference === undefined ? [] : [`${network} reference ${reference}`]),
    ...(transaction === undefined ? [] : [`${network} transaction ${transaction}`])
  ]
}

function keyOfDebit({ network, reference, transaction }: Debit): string {
  return reference === undefined
    ? `${network} transaction ${transaction}`
    : `${network} reference ${reference}`
}
