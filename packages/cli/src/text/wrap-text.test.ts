import { describe, expect, it } from 'vitest'
import { markdownText } from './markdown-text.js'
import { textWidth } from './wide-text.js'
import { wrapText } from './wrap-text.js'

describe('wrapping', () => {
  it('P51: begins no line with a blank, wherever a line is exactly as long as the terminal is wide', () => {
    const words = 'a bb ccc dddd eeeee '.repeat(20).trim()
    for (let columns = 6; columns < 90; columns++)
      for (const line of wrapText(words, columns).split('\n')) {
        expect(line, `${columns}`).toBe(line.trim())
        expect(textWidth(line)).toBeLessThanOrEqual(columns)
      }
  })

  it('keeps indentation, also of what goes on, and empty lines', () => {
    expect(wrapText('Next:\n\n  one two three\n', 9)).toBe('Next:\n\n  one two\n  three\n')
  })

  it('keeps a word whole that is longer than a line, so that it can be copied', () => {
    expect(wrapText('see /a/very/long/path now', 8)).toBe('see\n/a/very/long/path\nnow')
  })

  it('changes nothing where the output is no terminal', () => {
    expect(wrapText('one  two ', undefined)).toBe('one  two ')
  })
})

describe('Markdown in a terminal', () => {
  const page =
    'Money: `none`. See [the page](https://a.example).\n\n**What to do.** Raise it,\nor wait.\n\n- one\n- two'

  it('P51: shows no marks, and joins the lines of a paragraph', () => {
    expect(markdownText({ color: false }, page)).toBe(
      'Money: none. See the page (https://a.example).\n\nWhat to do. Raise it, or wait.\n\n- one\n- two'
    )
  })

  it('is bold where the page is, and as wide as the terminal', () => {
    const text = markdownText({ color: true, columns: 20 }, page)
    expect(text).toContain('\u001B[1mWhat to do.\u001B[22m Raise\nit, or wait.')
  })
})
