import { CostTally, costHeaders, type Ledger, notify, spendingOf } from '@bursar/core'
import { withBody } from '../wire/response-body.js'

/** Where it is read what a call cost. */
export type CostLedger = Pick<Ledger, 'find'>

/** A call whose purchases are told of, as `bursar.fetch` takes it. */
interface ObservedInit extends RequestInit {
  readonly bursar?: { readonly onPurchase?: (id: string) => unknown }
}

/**
 * Makes a call, and has its answer say what it cost, as far as that is known when it begins: whichever way it was paid, and
 * whether it was paid now or before an answer was lost.
 *
 * @param call makes the call with what it is given, by which its purchases are learned.
 */
export async function withCost(
  ledger: CostLedger,
  init: ObservedInit,
  call: (init: RequestInit) => Promise<Response>
): Promise<Response> {
  const purchases = new Set<string>()
  const onPurchase = (id: string): void => {
    purchases.add(id)
    void notify(init.bursar?.onPurchase, id, 'onPurchase')
  }
  const observed: ObservedInit = { ...init, bursar: { ...init.bursar, onPurchase } }
  const answer = await call(observed)
  if (purchases.size === 0) return answer
  const headers = costHeaders(await costOf(ledger, purchases))
  return Object.keys(headers).length === 0 ? answer : withBody(answer, answer.body, headers)
}

/** What is not settled yet, such as a text that streams, and what cannot be read, is no part of it. */
async function costOf(ledger: CostLedger, purchases: Iterable<string>): Promise<CostTally> {
  const tally = new CostTally()
  for (const id of purchases) {
    const purchase = await ledger.find({ id }).catch(() => undefined)
    if (purchase?.state === 'settled') tally.add(spendingOf(purchase), purchase.offer.cost)
  }
  return tally
}
