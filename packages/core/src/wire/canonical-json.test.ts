import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.js'

it('is equal for equal values, whatever the order of their names, and keeps the order of lists', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe('{"b":[{"c":2,"d":1}]}')
  expect(canonicalJson(JSON.parse('{"__proto__":1,"10":2,"9":3}'))).toBe('{"9":3,"10":2,"__proto__":1}')
  expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]))
})
