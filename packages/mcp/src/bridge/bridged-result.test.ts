import { expect, it } from 'vitest'
import { paidBy, unreadable } from './bridged-result.js'

const long = { content: [{ type: 'text', text: 'x'.repeat(10 * 1024 * 1024) }] }

it('says of a result that hosts could not read what was paid, and that nothing was where the server let in for free', () => {
  const textOf = (output: Readonly<Record<string, unknown>>) =>
    JSON.stringify(unreadable(long, paidBy({ output })))
  expect(textOf({ result: long, paid: '0.01 USDC on eip155:8453' })).toContain(
    'Paid: 0.01 USDC on eip155:8453. The same arguments do not pay again'
  )
  expect(textOf({ result: long })).toMatch(/one message. Nothing was paid for it\./)
  expect(unreadable({ content: [] }, '0.01 USDC')).toBeUndefined()
})
