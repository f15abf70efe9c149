/** Time, passed in so that tests control it. */
export interface Clock {
  /** Unix milliseconds. */
  nowMs(): number
  /**
   * Waits; rejects with the signal's reason when aborted.
   *
   * @param options `keepsAlive`: whether a process that has nothing else to do waits for this. Default: `true`.
   */
  sleep(ms: number, signal?: AbortSignal, options?: { readonly keepsAlive?: boolean }): Promise<void>
}

/** Randomness, passed in so that tests can repeat it. Returns `length` fresh bytes. */
export type RandomBytes = (length: number) => Uint8Array

/** The `clock` option, which many functions share. */
export interface ClockOptions {
  /**
   * Tells the time and waits. Default: the machine's clock.
   *
   * @example { clock: { nowMs: () => 0, sleep: async () => {} } }
   */
  readonly clock?: Clock | undefined
}

/** The `random` option, which many functions share. */
export interface RandomOptions {
  /**
   * Makes nonces and ids. Default: the platform's cryptographic randomness.
   *
   * @example { random: (length) => crypto.getRandomValues(new Uint8Array(length)) }
   */
  readonly random?: RandomBytes | undefined
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal, { keepsAlive = true } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, ms)
      // In browsers a timer is a number, and no page waits for one.
      if (!keepsAlive && typeof timer === 'object') timer.unref()
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
    })
}

/** Each request to the system costs some microseconds, so many bytes are requested at once. */
const POOL_BYTES = 2048
let pool = new Uint8Array(0)
let used = 0

/** The platform's cryptographic randomness. Every byte is handed out once and then erased here. */
export const systemRandom: RandomBytes = (length) => {
  if (length > POOL_BYTES) return crypto.getRandomValues(new Uint8Array(length))
  if (used + length > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL_BYTES))
    used = 0
  }
  const bytes = pool.slice(used, used + length)
  pool.fill(0, used, used + length)
  used += length
  return bytes
}
