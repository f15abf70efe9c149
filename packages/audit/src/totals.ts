import { type AtomicUsdc, atomicUsdc, checkOptions, checkText, loggable, type Purchase } from '@bursar/core'
import { keyReaders, type TotalsKey } from './totals-key.js'

/** What purchases are added up by: one thing, or several at once. */
export type TotalsBy = TotalsKey | readonly TotalsKey[]

/** How purchases are added up. */
export interface TotalsOptions {
  /** Whose days, weeks and months they are: an IANA name. Default: `UTC`. @example { timeZone: 'Europe/Berlin' } */
  readonly timeZone?: string | undefined
}

/** What was spent on one thing. */
export interface Total extends TotalSums {
  /**
   * In the order of what was asked for, such as `['2026-11-21', 'kat.imgnai.com']`; empty text where a purchase has no such
   * label. A top-up without the label has `top-up`.
   */
  readonly keys: readonly string[]
}

/** Sums over purchases. */
export interface TotalSums {
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
 * @returns by keys, in their order. They can be logged: `JSON.stringify` writes amounts as text.
 * @throws {TypeError} when `history` is no history, or `by` is none of {@link TotalsBy}.
 * @example
 * ```ts
 * await totals(bursar.history(), ['month', 'agent'], { timeZone: 'Europe/Berlin' })
 * ```
 */
export async function totals(
  history: AsyncIterable<Purchase>,
  by: TotalsBy,
  options: TotalsOptions = {}
): Promise<readonly Total[]> {
  if (typeof history?.[Symbol.asyncIterator] !== 'function')
    throw new TypeError('totals adds up a history, such as bursar.history()')
  checkOptions(options, { timeZone: checkText }, 'totals')
  const readers = keyReaders([by].flat(), options.timeZone)
  const found = new Map<string, Sums>()
  for await (const purchase of history) {
    const keys = readers.map((read) => read(purchase))
    const id = JSON.stringify(keys)
    const sums = found.get(id) ?? noSums(keys)
    add(purchase, sums)
    found.set(id, sums)
  }
  return [...found.values()].toSorted((a, b) => compareKeys(a.keys, b.keys)).map(totalOf)
}

/** The sum of totals. */
export function sumOf(all: readonly Total[]): TotalSums {
  const sums = noSums([])
  for (const total of all) {
    sums.settled += total.settled
    for (const name of amounts) sums[name] += total[name]
  }
  const { keys: _, ...sum } = totalOf(sums)
  return loggable(sum)
}

const amounts = ['spent', 'fromBalance', 'outstanding', 'ofTests'] as const

interface Sums extends Record<(typeof amounts)[number], bigint> {
  readonly keys: readonly string[]
  settled: number
}

function noSums(keys: readonly string[]): Sums {
  return { keys, settled: 0, spent: 0n, fromBalance: 0n, outstanding: 0n, ofTests: 0n }
}

function add({ kind, state, offer }: Purchase, sums: Sums): void {
  if (offer.isTest) {
    if (state === 'settled') sums.ofTests += offer.cost
  } else if (state === 'settled') {
    sums.settled++
    if (kind === 'balance') sums.fromBalance += offer.cost
    else sums.spent += offer.cost
  } else if (state === 'signed' || state === 'sent') sums.outstanding += offer.cost
}

function totalOf({ keys, settled, spent, fromBalance, outstanding, ofTests }: Sums): Total {
  return loggable({
    keys,
    settled,
    spent: atomicUsdc(spent),
    fromBalance: atomicUsdc(fromBalance),
    outstanding: atomicUsdc(outstanding),
    ofTests: atomicUsdc(ofTests)
  })
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((key, index) => key !== b[index])
  return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1
}
