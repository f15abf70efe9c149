import { describe, expect, it } from 'vitest'
import { firstTokens, tokensOf } from './count-tokens.js'

describe('tokens', () => {
  it('are four characters each, or a byte each', () => {
    expect(tokensOf('twelve letters', 'characters')).toBe(4)
    expect(tokensOf('汉字', 'characters')).toBe(1)
    expect(tokensOf('汉字', 'bytes')).toBe(6)
  })

  it.each(['characters', 'bytes'] as const)(
    'by %s: the beginning of a text is never above its limit',
    (measure) => {
      for (const text of ['twelve letters', '汉字汉字汉字', '🙂🙂🙂🙂🙂🙂🙂', ''])
        for (const limit of [0, 1, 2, 3, 5, 100]) {
          const first = firstTokens(text, limit, measure)
          expect(text.startsWith(first)).toBe(true)
          expect(first).not.toMatch(/\p{Surrogate}/u)
          expect(tokensOf(first, measure)).toBeLessThanOrEqual(limit)
        }
      expect(firstTokens('whole', 100, measure)).toBe('whole')
    }
  )
})
