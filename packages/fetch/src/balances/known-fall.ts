import type { AtomicUsdc } from '@bursar/core'

/** For so long a balance that was read is believed, less what was paid from it. */
const TRUSTED_MS = 60_000
/** The time between two reads of a balance of which nobody knows what a payment took. */
const UNKNOWN_MS = 10_000
/** Nodes behind one address see a settlement at different times. Payments within it share one read. */
const SETTLED_MS = 2_000

/** What is known of one balance, and whether its fall was told. */
export class KnownFall {
  readonly #limit: AtomicUsdc
  #leftAtomic = 0n
  #readAtMs = Number.NEGATIVE_INFINITY
  #isLow = false
  /** What never held anything did not fall. */
  #hasHeld = false

  constructor(limit: AtomicUsdc) {
    this.#limit = limit
  }

  /** Notes what was read. @returns whether it has fallen since it was read before. */
  hasFallen(atomic: AtomicUsdc, nowMs: number): boolean {
    const wasLow = this.#isLow
    this.#leftAtomic = atomic
    this.#readAtMs = nowMs
    this.#hasHeld ||= atomic > 0n
    this.#isLow = atomic < this.#limit && this.#hasHeld
    return this.#isLow && !wasLow
  }

  /** Notes a payment. @returns after how many milliseconds the balance is read; `undefined`: it need not be. */
  readAfterMs(amount: AtomicUsdc | undefined, nowMs: number): number | undefined {
    this.#hasHeld = true
    this.#leftAtomic -= amount ?? 0n
    const isTrusted = nowMs - this.#readAtMs < TRUSTED_MS
    if (!isTrusted) return SETTLED_MS
    if (this.#isLow) return undefined
    if (amount === undefined) return Math.max(SETTLED_MS, this.#readAtMs + UNKNOWN_MS - nowMs)
    return this.#leftAtomic < this.#limit ? SETTLED_MS : undefined
  }
}
