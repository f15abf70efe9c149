import { formatUsdc } from '../amount/atomic.js'
import { TOP_UP_LABEL } from '../interfaces/bursar-parts.js'
import type { Purchase } from '../interfaces/purchase.js'

/** What pays for a call: a payment of its own, a prepaid balance, the account of a key, or money of a test network. */
export type CostSource = 'payment' | 'balance' | 'account' | 'test'

/** What an answer cost. */
export interface AnswerCost {
  /** Decimal USDC, or dollars of an account. @example { amount: '0.000512' } */
  readonly amount: string
  readonly source: CostSource
}

/** What was spent, in decimal USDC. */
export interface Spending {
  /** By payments for the calls themselves. */
  readonly payment: string
  /** From a prepaid balance. */
  readonly balance: string
  /** From the account of a key. */
  readonly account: string
  /** Of test networks, which is worth nothing. */
  readonly test: string
  /** What was paid to put money on a prepaid balance. It is not spent until a call is charged to the balance. */
  readonly topUp: string
}

const sources = ['payment', 'balance', 'account'] as const

/** Adds up what calls cost, by what paid. */
export class CostTally {
  readonly #sums: Record<keyof Spending, bigint> = {
    payment: 0n,
    balance: 0n,
    account: 0n,
    test: 0n,
    topUp: 0n
  }

  add(kind: keyof Spending, cost: bigint): void {
    this.#sums[kind] += cost
  }

  /** What an answer cost, and what paid most of it. Absent: nothing. Top-ups are no cost of an answer, and test money is no money. */
  get cost(): AnswerCost | undefined {
    const sums = this.#sums
    const [most] = sources.filter((each) => sums[each] > 0n).sort((a, b) => (sums[a] < sums[b] ? 1 : -1))
    if (most === undefined)
      return sums.test > 0n ? { amount: formatUsdc(sums.test), source: 'test' } : undefined
    const amount = sources.reduce((sum, each) => sum + sums[each], 0n)
    return { amount: formatUsdc(amount), source: most }
  }

  get spending(): Spending {
    const { payment, balance, account, test, topUp } = this.#sums
    return {
      payment: formatUsdc(payment),
      balance: formatUsdc(balance),
      account: formatUsdc(account),
      test: formatUsdc(test),
      topUp: formatUsdc(topUp)
    }
  }
}

/** As what a purchase counts: by what pays it, as a top-up, or as money of a test network. */
export function spendingOf({ kind, labels, offer: { isTest } }: CostingPurchase): keyof Spending {
  if (isTest) return 'test'
  if (labels[TOP_UP_LABEL] !== undefined) return 'topUp'
  return kind === 'debit' ? 'payment' : kind
}

/** As much of a purchase as says by what it is spent. */
interface CostingPurchase extends Pick<Purchase, 'kind' | 'labels'> {
  readonly offer: Pick<Purchase['offer'], 'isTest'>
}

/** The headers by which an answer says what it cost, as far as that is known when it begins. What was free has none. */
export function costHeaders({ cost }: Pick<CostTally, 'cost'>): Readonly<Record<string, string>> {
  if (!cost) return {}
  return { 'x-bursar-cost': cost.amount, 'x-bursar-paid-from': cost.source }
}
