import type { LedgerChange } from '@bursar/audit'
import { formatUsdc, type Purchase } from '@bursar/core'

/** What pays, in the order in which it is said. */
const words = {
  payment: 'paid',
  account: 'from accounts',
  balance: 'from prepaid balances',
  test: 'of test money'
} as const

/** Adds up what settles while the record is watched. */
export class SettledSum {
  readonly #sums = new Map<keyof typeof words, bigint>()
  #purchases = 0

  add(change: LedgerChange): void {
    if (change.type !== 'purchase' || change.purchase.state !== 'settled') return
    // One that settled before may be told again, when its caller got no answer.
    if (change.was === 'settled') return
    const kind = kindOf(change.purchase)
    this.#purchases += 1
    this.#sums.set(kind, (this.#sums.get(kind) ?? 0n) + change.purchase.offer.cost)
  }

  /** In all, by what pays. */
  line(): string {
    if (this.#purchases === 0) return 'Nothing settled while this watched.\n'
    const sums = [...this.#sums].map(([kind, sum]) => `${formatUsdc(sum)} USD ${words[kind]}`)
    return `Settled while this watched: ${this.#purchases} ${this.#purchases === 1 ? 'purchase' : 'purchases'}, ${sums.join(', ')}.\n`
  }
}

function kindOf({ kind, offer }: Purchase): keyof typeof words {
  if (offer.isTest) return 'test'
  return kind === 'debit' ? 'payment' : kind
}
