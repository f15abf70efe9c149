import { expect, it } from 'vitest'
import { decodeBase64 } from './base64.js'

it('decodes standard, padded base64 of any length', () => {
  expect(decodeBase64('aGk=')?.toString()).toBe('hi')
  const bytes = Buffer.alloc(12_000_000, 7)
  expect(decodeBase64(bytes.toString('base64'))?.equals(bytes)).toBe(true)
})

it.each(['', 'aGk', 'a=Gk', 'aGk=\n', 'aGk_', 'aG-k', '====', 'a b='])('takes %j for no base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined()
})
