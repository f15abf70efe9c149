import { expect, it } from 'vitest'
import { shorten, table } from './table.js'

it('cuts words at their end, and an address in its middle', () => {
  expect(shorten('5, 10, 15 s, first frame', 14)).toBe('5, 10, 15 s,…')
  expect(shorten(`0x${'1'.repeat(40)}`, 14)).toBe('0x1111111…1111')
  expect(shorten('16 references', 14)).toBe('16 references')
})

it('cuts the last column alone, so that a line fits', () => {
  const text = table([['a-name', 'takes many things, and gives one']], 24)
  expect(text).toBe('a-name  takes many thin…\n')
})
