import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import wrapAnsi from 'wrap-ansi'
import { textWidth, wrapWords } from './wide-text.js'

const texts = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢', '\u0301', '\u001B[1m'), maxLength: 40 })
)

describe('the width of a text', () => {
  it("is the library's, also where that is not asked", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(textWidth(text)).toBe(stringWidth(text))
      })
    )
    expect(textWidth('a 漢')).toBe(4)
  })

  it('is what words are wrapped at, as the library does, also where that is not asked', () => {
    const width = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(texts, width, fc.boolean(), (text, cells, hard) => {
        expect(wrapWords(text, cells, { hard })).toBe(wrapAnsi(text, cells, { hard }))
      })
    )
    expect(wrapWords(' one two ', 9, { hard: false })).toBe('one two')
  })
})
