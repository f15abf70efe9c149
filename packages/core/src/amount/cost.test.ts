import { describe, expect, it } from 'vitest'
import { costOf } from './cost.js'

describe('the cost against the limits', () => {
  it('X131: of a token with 18 decimals is rounded up at the sixth', () => {
    const token = { decimals: 18 }
    expect(costOf(10n ** 18n, token)).toBe(1_000_000n)
    expect(costOf(10n ** 18n + 1n, token)).toBe(1_000_001n)
    expect(costOf(1n, token)).toBe(1n)
  })

  it('X135: is the amount times the rate, rounded up', () => {
    expect(costOf(1_000_000n, { decimals: 6 }, '1.10')).toBe(1_100_000n)
    expect(costOf(1n, { decimals: 6 }, '1.08')).toBe(2n)
    expect(costOf(10n ** 18n + 1n, { decimals: 18 }, '1.08')).toBe(1_080_001n)
    expect(costOf(1_000_000n, { decimals: 6 }, '0.000000000000000001')).toBe(1n)
  })

  it('of a token with fewer decimals than a dollar is exact', () => {
    expect(costOf(5n, { decimals: 0 })).toBe(5_000_000n)
    expect(costOf(5n, { decimals: 2 }, '1.1')).toBe(55_000n)
  })

  it('is never beyond what an amount can be', () => {
    expect(costOf(2n ** 256n - 1n, { decimals: 0 })).toBe(2n ** 256n - 1n)
  })
})
