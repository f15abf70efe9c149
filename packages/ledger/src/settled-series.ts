/** The longest rolling window that a budget may have. */
export const LONGEST_WINDOW_MS = 31 * 24 * 60 * 60 * 1000

/**
 * Settled costs in order of time, with running sums, so that the sum of any rolling window is one
 * binary search. What no window can reach is folded away.
 */
export class SettledSeries {
  #times: number[] = []
  #sums: bigint[] = []
  #folded = 0n

  add(atMs: number, cost: bigint): void {
    // A clock that was set back must not hide what was spent: time in the series never runs backwards.
    const time = Math.max(atMs, this.#times.at(-1) ?? atMs)
    this.#times.push(time)
    this.#sums.push(this.total() + cost)
    if (this.#times.length > 2048 && (this.#times[1024] ?? time) < time - LONGEST_WINDOW_MS) this.#fold(1024)
  }

  total(): bigint {
    return this.#sums.at(-1) ?? this.#folded
  }

  /** Sum of what settled after `atMs`. */
  since(atMs: number): bigint {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#times[middle] ?? 0) <= atMs) low = middle + 1
      else high = middle
    }
    return this.total() - (low === 0 ? this.#folded : (this.#sums[low - 1] ?? 0n))
  }

  #fold(count: number): void {
    this.#folded = this.#sums[count - 1] ?? this.#folded
    this.#times = this.#times.slice(count)
    this.#sums = this.#sums.slice(count)
  }
}
