import { type AtomicUsdc, atomicUsdc, type Purchase } from '@bursar/core'

/** By what purchases are added up: `day` is in UTC, `label` is one of the caller's. */
export type TotalsBy = 'day' | 'host' | 'network' | { readonly label: string }

/** What was spent on one thing. */
export interface Total {
  /** Such as `2026-11-21`, `kat.imgnai.com`, `gpt-image-2`; empty where a purchase has no such label. */
  readonly key: string
  /** How many purchases settled. */
  readonly settled: number
  /** `1_000_000n = 1 USDC` */
  readonly spent: AtomicUsdc
  /** What could still settle. */
  readonly outstanding: AtomicUsdc
}

/**
 * Adds purchases up, such as those of `bursar.history()`, in one pass and in memory for the keys alone.
 *
 * @returns by key, in its order.
 */
export async function totals(history: AsyncIterable<Purchase>, by: TotalsBy): Promise<readonly Total[]> {
  const found = new Map<string, { settled: number; spent: bigint; outstanding: bigint }>()
  for await (const purchase of history) {
    const key = keyOf(purchase, by)
    const total = found.get(key) ?? { settled: 0, spent: 0n, outstanding: 0n }
    const { state, offer } = purchase
    if (state === 'settled') {
      total.settled++
      total.spent += offer.cost
    } else if (state === 'signed' || state === 'sent') total.outstanding += offer.cost
    found.set(key, total)
  }
  return [...found]
    .map(([key, { settled, spent, outstanding }]) => ({
      key,
      settled,
      spent: atomicUsdc(spent),
      outstanding: atomicUsdc(outstanding)
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function keyOf({ reservedAtMs, origin, offer, labels }: Purchase, by: TotalsBy): string {
  if (typeof by === 'object') return labels[by.label] ?? ''
  if (by === 'day') return new Date(reservedAtMs).toISOString().slice(0, 10)
  return by === 'host' ? origin.slice(origin.indexOf('//') + 2) : offer.network
}
