import { expect, it } from 'vitest'
import { billedCalls, changedBy, payments, RESERVED_AT } from '../../test/purchase-states.js'
import { isForgettable } from './retention.js'

const over = changedBy(payments.settled, { type: 'answered' })
const LATER = RESERVED_AT + 1

it('forgets what is over and was reserved before the time', () => {
  expect(isForgettable(over, LATER)).toBe(true)
  expect(isForgettable(over, RESERVED_AT)).toBe(false)
})

it('keeps what somebody waits for', () => {
  expect(isForgettable(payments.settled, LATER)).toBe(false)
})

it.each([
  payments.reserved,
  payments.signed,
  payments.sent,
  ...billedCalls.filter(({ state }) => state === 'sent')
])('keeps what can still settle, though its call is over: $kind, $state', (purchase) => {
  expect(isForgettable(changedBy(purchase, { type: 'failed' }), LATER)).toBe(false)
})

it('keeps a name for ever, unless it is free again', () => {
  expect(isForgettable({ ...over, name: 'invoice-42' }, LATER)).toBe(false)
  for (const state of ['dead', 'released'] as const) {
    const ended = changedBy(payments[state], { type: 'failed' })
    expect(isForgettable({ ...ended, name: 'invoice-42' }, LATER)).toBe(true)
  }
})
