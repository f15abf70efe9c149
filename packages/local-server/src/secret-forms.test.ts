import { expect, it } from 'vitest'
import { formsOf } from './secret-forms.js'

const KEY = '00fbef3e'.repeat(8)
const isFound = (secret: string, text: string): boolean => formsOf(secret).some((form) => text.includes(form))

it.each(['base64', 'base64url', 'hex'] as const)(
  'finds a secret in %s, wherever it begins and ends',
  (encoding) => {
    for (const secret of ['a-secret-of-the-operator', KEY, 'pass?word>>>1'])
      for (const before of ['', 'a', 'ab', 'abc', '{"k":"'])
        for (const after of ['', 'z', '"}', ' and more']) {
          const text = Buffer.from(before + secret + after).toString(encoding)
          expect(isFound(secret, text), text).toBe(true)
        }
  }
)

it.each(['base64', 'base64url'] as const)('finds the bytes of a key in %s', (encoding) => {
  expect(isFound(KEY, Buffer.from(KEY, 'hex').toString(encoding))).toBe(true)
  expect(isFound(KEY, Buffer.from(`00${KEY}ff`, 'hex').toString(encoding))).toBe(true)
})

it('finds nothing in what only resembles a secret', () => {
  const other = Buffer.from('a-secret-of-the-visitor').toString('base64')
  expect(isFound('a-secret-of-the-operator', other)).toBe(false)
  expect(isFound(KEY, KEY.slice(1))).toBe(false)
})
