import {
  CostTally,
  costHeaders,
  type Ledger,
  notify,
  type Purchase,
  spendingOf,
  TOP_UP_LABEL
} from '@bursar/core'
import { withBody } from '../wire/response-body.js'

/** Where it is read what a call cost. */
export type CostLedger = Pick<Ledger, 'find'>

/** A call whose purchases are told of, as `bursar.fetch` takes it. */
interface ObservedInit extends RequestInit {
  readonly bursar?: { readonly onPurchase?: (id: string) => unknown }
}

/** An answer, and what it was bought by. */
export interface CostedAnswer {
  readonly response: Response
  /** The payment that has a receipt. Absent: nothing was paid by x402, or it is not known. */
  readonly payment: Purchase | undefined
  /** When that was reserved, by this machine's clock. Unix milliseconds. */
  readonly reservedAtMs?: number | undefined
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
): Promise<CostedAnswer> {
  const ids = new Set<string>()
  const onPurchase = (id: string): void => {
    ids.add(id)
    void notify(init.bursar?.onPurchase, id, 'onPurchase')
  }
  const observed: ObservedInit = { ...init, bursar: { ...init.bursar, onPurchase } }
  const answer = await call(observed)
  const purchases: Purchase[] = []
  for (const id of ids) {
    const purchase = await ledger.find({ id }).catch(() => undefined)
    if (purchase) purchases.push(purchase)
  }
  const payment = purchases.findLast((each) => hasReceipt(each, answer))
  const headers = costHeaders(costOf(purchases))
  const isFree = Object.keys(headers).length === 0
  return { response: isFree ? answer : withBody(answer, answer.body, headers), payment }
}

/** A failure of which it is not known whether it was paid has none, as the errors of a bursar have none. */
function hasReceipt({ kind, state, labels }: Purchase, { ok }: Response): boolean {
  const isPaid = state === 'settled' || (state === 'sent' && ok)
  return kind === 'payment' && isPaid && labels[TOP_UP_LABEL] === undefined
}

/** What is not settled yet, such as a text that streams, and what cannot be read, is no part of it. */
function costOf(purchases: readonly Purchase[]): CostTally {
  const tally = new CostTally()
  for (const purchase of purchases)
    if (purchase.state === 'settled') tally.add(spendingOf(purchase), purchase.offer.cost)
  return tally
}
