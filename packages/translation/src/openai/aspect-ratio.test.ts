import { expect, it } from 'vitest'
import { aspectRatioOf } from './aspect-ratio.js'

it('a size has an aspect ratio in lowest terms, and no size is a square', () => {
  const sizes = { '1024x1024': '1:1', '1920x1080': '16:9', '1024x1536': '2:3', '7x5': '7:5', auto: '1:1' }
  for (const [size, ratio] of Object.entries(sizes)) expect(aspectRatioOf(size)).toBe(ratio)
  expect(aspectRatioOf(undefined)).toBe('1:1')
})

it('what is no size is rejected', () => {
  for (const size of ['', '1024', '0x10', '10x0', '-1x1', '1024X1024', '1e3x1', '123456x1'])
    expect(() => aspectRatioOf(size)).toThrow('size must be such as 1024x1024')
})
