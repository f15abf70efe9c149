import { type AtomicUsdc, atomicUsdc, parseUsdc, type UsdcAmount } from '@bursar/core'
import type { TokenUsage } from './token-usage.js'

/**
 * What a model costs, in dollars that count as USDC, `1_000_000n = 1 USD`: for each call, each image, each second of
 * video, or by tokens.
 *
 * @example
 * ```ts
 * const perSecond: Price = { unit: 'second', each: parseUsdc('0.10') }
 * ```
 */
export type Price = UnitPrice | TokenPrice

/** A price for each call, image, or second of video. */
export interface UnitPrice {
  readonly unit: 'call' | 'image' | 'second'
  readonly each: AtomicUsdc
}

/** Prices of a million tokens. */
export interface TokenPrice {
  readonly unit: 'token'
  readonly input: AtomicUsdc
  readonly output: AtomicUsdc
  /** Tokens read from a cache. Default: as other input. */
  readonly cacheRead?: AtomicUsdc
  /** Tokens written to a cache. Default: as other input. */
  readonly cacheWrite?: AtomicUsdc
}

/** What tokens of a cache cost, in dollars for a million. */
export interface CachePrices {
  readonly read?: UsdcAmount
  readonly write?: UsdcAmount
}

/**
 * A price by tokens.
 *
 * @param input dollars for a million tokens, as decimal text: `'1.25'`.
 * @param output the same.
 * @throws {BursarError} `amount/malformed`
 * @example
 * ```ts
 * const prices = { 'openai/gpt-4.1': tokenPrice('2', '8', { read: '0.5' }) }
 * ```
 */
export function tokenPrice(input: UsdcAmount, output: UsdcAmount, cache: CachePrices = {}): TokenPrice {
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
export function costOfTokens(price: TokenPrice, usage: TokenUsage): AtomicUsdc {
  const { input, output, cacheRead = input, cacheWrite = input } = price
  const atomicMillions =
    BigInt(usage.input) * input +
    BigInt(usage.output) * output +
    BigInt(usage.cacheRead) * cacheRead +
    BigInt(usage.cacheWrite) * cacheWrite
  return atomicUsdc((atomicMillions + MILLION - 1n) / MILLION)
}

/** What tokens cost at most: whether input is read from a cache, or written to one, is the service's to decide. */
export function maxCostOfTokens(price: TokenPrice, bound: TokenUsage): AtomicUsdc {
  const { input, cacheRead = input, cacheWrite = input } = price
  return costOfTokens({ ...price, input: atomicUsdc(highestOf(input, cacheRead, cacheWrite)) }, bound)
}

/** The highest of some amounts. */
export function highestOf(first: bigint, ...others: readonly bigint[]): bigint {
  let highest = first
  for (const amount of others) if (amount > highest) highest = amount
  return highest
}

/** A price, so many times. */
export function multiply(price: AtomicUsdc, count: number): AtomicUsdc {
  return atomicUsdc(price * BigInt(count))
}
