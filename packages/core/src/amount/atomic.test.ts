import fc from 'fast-check'
import { parseUnits } from 'viem'
import { describe, expect, it } from 'vitest'
import { atomicUsdc, formatDecimal, formatUsdc, parseDecimal, parseUsdc, usdcOfToken } from './atomic.js'

describe('amounts', () => {
  it('go from text to atomic units and back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.nat(18), (atomic, decimals) => {
        expect(parseDecimal(formatDecimal(atomic, decimals), decimals)).toBe(atomic)
      })
    )
    expect(parseUsdc('0.25')).toBe(250_000n)
    expect(formatUsdc(250_000n)).toBe('0.25')
    expect(formatUsdc(1_000_000n)).toBe('1')
    expect(parseUsdc(atomicUsdc(7n))).toBe(7n)
  })

  it('of tokens are taken as USDC, whatever decimals they have, and what is left over is not counted', () => {
    expect(usdcOfToken(1_500_000_000_000_000_000n, 18)).toBe(1_500_000n)
    expect(usdcOfToken(1_999_999_999_999n, 18)).toBe(1n)
    expect(usdcOfToken(150n, 2)).toBe(1_500_000n)
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.integer({ min: 6, max: 18 }),
        (usdc, decimals) => {
          expect(usdcOfToken(usdc * 10n ** BigInt(decimals - 6), decimals)).toBe(usdc)
        }
      )
    )
    expect(() => usdcOfToken(-1n, 6)).toThrow('out of range')
  })

  it('peers defect 13: are never rounded and never negative, as parseUnits makes them', () => {
    expect(parseUnits('0.0000015', 6)).toBe(2n)
    expect(() => parseUsdc('0.0000015')).toThrow(/more than 6 decimals/)
    expect(parseUnits('-1', 6)).toBe(-1_000_000n)
    expect(() => parseUsdc('-1')).toThrow(/not a plain decimal/)
  })

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '+1',
    '-0',
    '1e3',
    '1,000',
    '.5',
    '5.',
    '0x10',
    '١',
    '1_000',
    'NaN',
    'Infinity',
    '1.0000000'
  ])('peers defect 6: reject %j', (text) => {
    expect(() => parseUsdc(text)).toThrow(
      expect.objectContaining({ code: 'amount/malformed', moneyState: 'none' })
    )
  })

  it('reject what is no text and what is out of range', () => {
    for (const value of [0.25, null, undefined, {}]) {
      expect(() => parseUsdc(value as never)).toThrow(expect.objectContaining({ code: 'amount/malformed' }))
    }
    expect(() => atomicUsdc(-1n)).toThrow(/out of range/)
    expect(() => parseUsdc('9'.repeat(101))).toThrow(/too long/)
    expect(() => parseUsdc('9'.repeat(90))).toThrow(/out of range/)
  })
})
