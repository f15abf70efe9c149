import {
  type ClockOptions,
  checkClock,
  checkOptions,
  type OptionChecks,
  systemClock,
  unchecked
} from '@bursar/core'

/**
 * The result of claiming a nonce: `fresh` is the first claim, `used` a repeated one, `unknown` a nonce that the store
 * did not issue (if it issues nonces), `full` means no room. All but `fresh` make the proof invalid.
 */
export type NonceClaim = 'fresh' | 'used' | 'unknown' | 'full'

/** Remembers the nonces of proofs, so that each counts once. Share one among all machines that verify. */
export interface NonceStore {
  /**
   * Claims a nonce, in one step: of two claims at once, one is `fresh`.
   *
   * @param name the nonce with its network and wallet.
   * @param untilSeconds Unix seconds from which on the proof is too old anyway and its nonce may be forgotten.
   */
  claim(name: string, untilSeconds: number): NonceClaim | Promise<NonceClaim>
}

/** What a store in memory is made from. */
export interface MemoryNonceStoreOptions extends ClockOptions {
  /**
   * How many nonces are remembered at most; 100_000 take about 25 MB. Default: 100_000.
   *
   * @example { max: 10_000 }
   */
  readonly max?: number | undefined
}

const memoryChecks: OptionChecks<MemoryNonceStoreOptions> = { max: unchecked, clock: checkClock }

/**
 * Remembers nonces in this process. When it is full of nonces that still count, it accepts no more: dropping one would
 * let its proof be used again.
 *
 * @example
 * ```ts
 * const nonces = createMemoryNonceStore()
 * const verdict = await verifyKatanaProof(header, { nonces })
 * ```
 * @throws {TypeError} when an option is unknown or malformed, or `max` is not a positive whole number.
 */
export function createMemoryNonceStore(options: MemoryNonceStoreOptions = {}): NonceStore {
  checkOptions(options, memoryChecks)
  const { max = 100_000, clock = systemClock } = options
  if (!Number.isInteger(max) || max < 1) throw new TypeError('max must be a positive whole number')
  const untilByName = new Map<string, number>()
  return {
    claim(name, untilSeconds) {
      const nowSeconds = clock.nowMs() / 1000
      if ((untilByName.get(name) ?? 0) > nowSeconds) return 'used'
      if (untilByName.size >= max) forgetOld(untilByName, nowSeconds)
      if (untilByName.size >= max) return 'full'
      untilByName.set(name, untilSeconds)
      return 'fresh'
    }
  }
}

function forgetOld(untilByName: Map<string, number>, nowSeconds: number): void {
  for (const [name, until] of untilByName) if (until <= nowSeconds) untilByName.delete(name)
}
