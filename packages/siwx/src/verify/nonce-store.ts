import { type Clock, systemClock } from '@bursar/core'

/**
 * What a store says of a nonce: taken now for the first time, taken before, never given out by it (if it gives
 * nonces out), or that it has no room, in which case the proof is refused.
 */
export type NonceClaim = 'fresh' | 'used' | 'unknown' | 'full'

/** Remembers the nonces of proofs, so that each counts once. Share one among all machines that verify. */
export interface NonceStore {
  /**
   * Takes a nonce, in one step: of two claims at once, one is `fresh`.
   *
   * @param name the nonce with its network and wallet.
   * @param untilSeconds Unix seconds from which on the proof is refused for its age and may be forgotten.
   */
  claim(name: string, untilSeconds: number): NonceClaim | Promise<NonceClaim>
}

/** How a store in memory is made. */
export interface MemoryNoncesOptions {
  /** How many nonces are remembered at most. Default 100_000, about 25 MB. */
  readonly max?: number
  readonly clock?: Clock
}

/**
 * Remembers nonces in this process. When it is full of nonces that still count it takes no more: to forget one
 * would let its proof be used again.
 *
 * @throws {TypeError} when `max` is not a positive whole number.
 */
export function memoryNonces({ max = 100_000, clock = systemClock }: MemoryNoncesOptions = {}): NonceStore {
  if (!Number.isInteger(max) || max < 1) throw new TypeError('max must be a positive whole number')
  const untilByName = new Map<string, number>()
  return {
    claim(name, untilSeconds) {
      const nowSeconds = clock.nowMs() / 1000
      if ((untilByName.get(name) ?? 0) > nowSeconds) return 'used'
      if (untilByName.size >= max) forget(untilByName, nowSeconds)
      if (untilByName.size >= max) return 'full'
      untilByName.set(name, untilSeconds)
      return 'fresh'
    }
  }
}

function forget(untilByName: Map<string, number>, nowSeconds: number): void {
  for (const [name, until] of untilByName) if (until <= nowSeconds) untilByName.delete(name)
}
