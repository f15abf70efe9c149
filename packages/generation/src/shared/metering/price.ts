import { type AtomicUsdc, atomicUsdc, parseUsdc, type UsdcAmount } from '@bursar/core'
import type { Usage } from './usage.js'

/**
 * What a model costs, in dollars that count as USDC: per call, per image, per second of film, or by tokens. Token prices are those of a
 * million tokens, `1_000_000n = 1 USD`.
 */
export type Price =
  | { readonly unit: 'call' | 'image' | 'second'; readonly each: AtomicUsdc }
  | {
      readonly unit: 'token'
      readonly input: AtomicUsdc
      readonly output: AtomicUsdc
      /** Tokens read from a cache, and written to one. Absent: as other input. */
      readonly cacheRead?: AtomicUsdc
      readonly cacheWrite?: AtomicUsdc
    }

/** A price by tokens, from dollars per million. @throws {BursarError} `amount/malformed` */
export function tokenPrice(
  input: UsdcAmount,
  output: UsdcAmount,
  cache: { readonly read?: UsdcAmount; readonly write?: UsdcAmount } = {}
): Price {
  return {
    unit: 'token',
    input: parseUsdc(input),
    output: parseUsdc(output),
    ...(cache.read === undefined ? {} : { cacheRead: parseUsdc(cache.read) }),
    ...(cache.write === undefined ? {} : { cacheWrite: parseUsdc(cache.write) })
  }
}

const MILLION = 1_000_000n

/** What tokens cost, rounded up to a millionth of a dollar. */
export function costOfTokens(price: Price & { readonly unit: 'token' }, usage: Usage): AtomicUsdc {
  const { input, output, cacheRead = input, cacheWrite = input } = price
  const atomicMillions =
    BigInt(usage.input) * input +
    BigInt(usage.output) * output +
    BigInt(usage.cacheRead) * cacheRead +
    BigInt(usage.cacheWrite) * cacheWrite
  return atomicUsdc((atomicMillions + MILLION - 1n) / MILLION)
}

/** So many times a price. */
export function times(price: AtomicUsdc, count: number): AtomicUsdc {
  return atomicUsdc(price * BigInt(count))
}
