import { expect, it } from 'vitest'
import { paidFor } from './paid-for.js'

it.each([
  ['katana', '/v1/chat/completions', 'reserve'],
  ['katana', '/v1/images', 'price'],
  ['x402-v2', '/v1/chat/completions', 'price'],
  ['balance', '/v1/chat/completions', 'price']
] as const)('a payment in the dialect %s to %s is for the %s', (dialect, path, expected) => {
  expect(paidFor(dialect, path)).toBe(expected)
})
