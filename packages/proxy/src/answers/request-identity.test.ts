import { expect, it } from 'vitest'
import type { CallRequest } from '../call-request.js'
import { SentBody } from '../sent-body.js'
import { requestHash } from './request-identity.js'

function hashOf(text: string, more: Partial<CallRequest> = {}): string {
  const bytes = new TextEncoder().encode(text)
  return requestHash({
    agent: 'one',
    path: '/v1/x',
    body: JSON.parse(text),
    sent: new SentBody(bytes),
    isRetry: false,
    ...more
  })
}

it('is the same for the same value in another order, streamed or not, spaced as it likes', () => {
  const hash = hashOf('{"a":{"b":1,"c":[2]},"seed":9007199254740993}')
  expect(hashOf('{"seed": 9007199254740993, "stream": true, "a": {"c": [2], "b": 1}}')).toBe(hash)
})

it.each([
  ['the last digit of a 64-bit integer', '{"seed":9007199254740993}', '{"seed":9007199254740992}'],
  ['the last digit of a long fraction', '{"a":[0.12345678901234567]}', '{"a":[0.12345678901234568]}'],
  ['a number and its text', '{"seed":9007199254740993}', '{"seed":"9007199254740993"}'],
  ['the order of a list', '{"a":[1,2]}', '{"a":[2,1]}']
])('differs by %s', (_, one, other) => {
  expect(hashOf(one)).not.toBe(hashOf(other))
})

it.each<[string, Partial<CallRequest>]>([
  ['path', { path: '/v1/y' }],
  ['query', { query: '?beta=true' }],
  ['headers', { headers: { 'anthropic-beta': 'x' } }]
])('differs by the %s', (_, more) => {
  expect(hashOf('{}', more)).not.toBe(hashOf('{}'))
})

it('compares what is opaque byte by byte', () => {
  expect(hashOf('{"a":1}', { isOpaque: true })).not.toBe(hashOf('{ "a":1}', { isOpaque: true }))
})
