import type { Intent } from './intent.js'
import type { Authorization } from './simulated-chain.js'

type Paid = Pick<Authorization, 'amountAtomic' | 'payTo'>

/** What sellers have asked, and of whom: a payment is taken for a price that its call was asked, or for the usual one. */
export class AskedPrices {
  readonly #ofIntents = new Set<string>()
  readonly #ofOrigins = new Set<string>()

  note({ name, origin }: Intent, price: Paid): void {
    this.#ofIntents.add(keyOf(name, price))
    this.#ofOrigins.add(keyOf(origin, price))
  }

  /** Whether this was asked of the call, or of an equal one. */
  wasAsked({ name }: Intent, paid: Paid): boolean {
    return this.#ofIntents.has(keyOf(name, paid))
  }

  /** Whether this was ever asked at the same place. */
  wasAskedThere({ origin }: Intent, paid: Paid): boolean {
    return this.#ofOrigins.has(keyOf(origin, paid))
  }
}

/** Whether both are the same amount to the same account. */
export function isSamePrice(one: Paid, other: Paid): boolean {
  return keyOf('', one) === keyOf('', other)
}

function keyOf(who: string, { amountAtomic, payTo }: Paid): string {
  return `${who} ${amountAtomic} ${payTo}`
}
