/** The longest rolling window that a budget may have. */
export const LONGEST_WINDOW_MS = 31 * 24 * 60 * 60 * 1000

const SHRINK_ABOVE = 2048

/**
 * Settled costs in order of time, with running sums, so that the sum of any rolling window is one binary search. They
 * may come in any order. Costs older than every window are added into one sum. Where there are many, those of one second are
 * added up at the last of them, so that calls without end take no more memory than there are seconds in a window.
 */
export class SettledSeries {
  #shrinkAbove = SHRINK_ABOVE
  #times: number[] = []
  /** The sum of everything up to each time. */
  #sums: bigint[] = []
  #folded = 0n
  /** The newest time that is in that sum alone. */
  #foldedUntilMs = Number.NEGATIVE_INFINITY

  /** The newest time. */
  get latestAtMs(): number {
    return this.#times.at(-1) ?? 0
  }

  add(atMs: number, cost: bigint): void {
    const at = this.#countUntil(atMs)
    this.#times.splice(at, 0, atMs)
    this.#sums.splice(at, 0, at === 0 ? this.#folded : (this.#sums[at - 1] ?? 0n))
    for (let later = at; later < this.#sums.length; later++)
      this.#sums[later] = (this.#sums[later] ?? 0n) + cost
    if (this.#times.length > this.#shrinkAbove) this.#shrink()
  }

  total(): bigint {
    return this.#sums.at(-1) ?? this.#folded
  }

  /**
   * Sum of what settled after `atMs`. Where that reaches into what was added into one sum, as after a clock that was far ahead and
   * was set back, it is everything: no limit counts too little.
   */
  since(atMs: number): bigint {
    if (atMs < this.#foldedUntilMs) return this.total()
    const before = this.#countUntil(atMs)
    return this.total() - (before === 0 ? this.#folded : (this.#sums[before - 1] ?? 0n))
  }

  /** How many settled at that time or before. */
  #countUntil(atMs: number): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#times[middle] ?? 0) <= atMs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many times it keeps. */
  get length(): number {
    return this.#times.length
  }

  #shrink(): void {
    this.#foldOld()
    this.#mergeSeconds()
    // Each time costs as much as what came since the last time.
    this.#shrinkAbove = Math.max(SHRINK_ABOVE, 2 * this.#times.length)
  }

  #foldOld(): void {
    const count = this.#countUntil(this.latestAtMs - LONGEST_WINDOW_MS)
    if (count < SHRINK_ABOVE / 2) return
    this.#folded = this.#sums[count - 1] ?? this.#folded
    this.#foldedUntilMs = Math.max(this.#foldedUntilMs, this.#times[count - 1] ?? this.#foldedUntilMs)
    this.#times = this.#times.slice(count)
    this.#sums = this.#sums.slice(count)
  }

  /** A cost leaves its window up to a second late then, and never early. */
  #mergeSeconds(): void {
    const isLast = (time: number, index: number): boolean =>
      secondOf(time) !== secondOf(this.#times[index + 1] ?? Number.POSITIVE_INFINITY)
    this.#sums = this.#sums.filter((_, index) => isLast(this.#times[index] ?? 0, index))
    this.#times = this.#times.filter(isLast)
  }
}

function secondOf(timeMs: number): number {
  return Math.floor(timeMs / 1000)
}
