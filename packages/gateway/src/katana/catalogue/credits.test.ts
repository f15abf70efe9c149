import { describe, expect, it } from 'vitest'
import { ceilToStep, creditsToAtomic, formatCredits, parseCredits } from './credits.js'

describe('credits', () => {
  it('cost 0.0052 dollars each', () => {
    expect(creditsToAtomic(parseCredits('3'))).toBe(15_600n)
    expect(creditsToAtomic(parseCredits('14'))).toBe(72_800n)
  })

  it('are rounded up to the sixth decimal, never down', () => {
    expect(creditsToAtomic(parseCredits('0.0001'))).toBe(1n)
    expect(creditsToAtomic(0n)).toBe(0n)
  })

  it('are charged in tenths, rounded up', () => {
    expect(formatCredits(ceilToStep(parseCredits('105.7801')))).toBe('105.8')
    expect(formatCredits(ceilToStep(parseCredits('10')))).toBe('10')
  })
})
