import { describe, expect, it } from 'vitest'
import { wrap } from './font.js'

describe('wrap', () => {
  it('breaks at spaces, and within a word that is too long', () => {
    expect(wrap('a quiet harbour at dawn', 10, 9)).toEqual(['a quiet', 'harbour at', 'dawn'])
    expect(wrap('incomprehensibilities', 8, 9)).toEqual(['incompre', 'hensibil', 'ities'])
  })

  it('ends what does not fit with three dots, within the width', () => {
    const lines = wrap('one two three four five six', 8, 2)
    expect(lines).toEqual(['one two', 'three...'])
    expect(lines.every((line) => line.length <= 8)).toBe(true)
  })
})
