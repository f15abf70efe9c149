import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { readKey } from './call-request.js'

function keyed(key: string): IncomingMessage {
  const message = new IncomingMessage(new Socket())
  Object.assign(message.headers, { 'idempotency-key': key })
  return message
}

it('an idempotency key is one that a purchase can be named by, and another is refused before anything is paid', () => {
  for (const key of ['a', 'a b', 'k'.repeat(200)]) expect(readKey(keyed(key))).toBe(key)
  for (const key of ['', 'a\u00a0', '\u00a0', 'k'.repeat(201)])
    expect(() => readKey(keyed(key))).toThrow(expect.objectContaining({ status: 400, moneyState: 'none' }))
})
