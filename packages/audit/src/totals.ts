import {
  type AtomicUsdc,
  atomicUsdc,
  checkOptions,
  checkText,
  loggable,
  oneOf,
  type Purchase
} from '@bursar/core'

/** By what purchases are added up: `day` is in UTC, `label` is one of the caller's. */
export type TotalsBy = 'day' | 'host' | 'network' | { readonly label: string }

/** What was spent on one thing. */
export interface Total {
  /** Such as `2026-11-21`, `kat.imgnai.com`, `gpt-image-2`; empty where a purchase has no such label. */
  readonly key: string
  /** How many purchases settled. */
  readonly settled: number
  /** Dollars, of other tokens by the rate that was used: `1_000_000n = 1 dollar`. */
  readonly spent: AtomicUsdc
  /** What prepaid balances were charged: what was put on them is in `spent`. */
  readonly fromBalance: AtomicUsdc
  /** What could still settle. */
  readonly outstanding: AtomicUsdc
  /** What was spent in money of test networks, which is worth nothing and is in nothing else here. */
  readonly ofTests: AtomicUsdc
}

/**
 * Adds purchases up, such as those of `bursar.history()`, in one pass and in memory for the keys alone.
 *
 * @returns by key, in its order. They can be logged: `JSON.stringify` writes amounts as text.
 * @throws {TypeError} when `history` is no history, or `by` is none of {@link TotalsBy}.
 */
export async function totals(history: AsyncIterable<Purchase>, by: TotalsBy): Promise<readonly Total[]> {
  if (typeof history?.[Symbol.asyncIterator] !== 'function')
    throw new TypeError('totals adds up a history, such as bursar.history()')
  if (typeof by === 'object') checkOptions(by, { label: checkText }, 'totals: by')
  else checkWord(by, 'totals: by')
  const found = new Map<string, Sums>()
  for await (const purchase of history) {
    const key = keyOf(purchase, by)
    const sums = found.get(key) ?? noSums()
    add(purchase, sums)
    found.set(key, sums)
  }
  return [...found]
    .map(([key, { settled, spent, fromBalance, outstanding, ofTests }]) =>
      loggable({
        key,
        settled,
        spent: atomicUsdc(spent),
        fromBalance: atomicUsdc(fromBalance),
        outstanding: atomicUsdc(outstanding),
        ofTests: atomicUsdc(ofTests)
      })
    )
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

const checkWord = oneOf('day', 'host', 'network')

interface Sums {
  settled: number
  spent: bigint
  fromBalance: bigint
  outstanding: bigint
  ofTests: bigint
}

const noSums = (): Sums => ({ settled: 0, spent: 0n, fromBalance: 0n, outstanding: 0n, ofTests: 0n })

function add({ kind, state, offer }: Purchase, sums: Sums): void {
  if (offer.isTest) {
    if (state === 'settled') sums.ofTests += offer.cost
  } else if (state === 'settled') {
    sums.settled++
    if (kind === 'balance') sums.fromBalance += offer.cost
    else sums.spent += offer.cost
  } else if (state === 'signed' || state === 'sent') sums.outstanding += offer.cost
}

function keyOf({ reservedAtMs, origin, offer, labels }: Purchase, by: TotalsBy): string {
  if (typeof by === 'object') return labels[by.label] ?? ''
  if (by === 'day') return new Date(reservedAtMs).toISOString().slice(0, 10)
  return by === 'host' ? origin.slice(origin.indexOf('//') + 2) : offer.network
}
