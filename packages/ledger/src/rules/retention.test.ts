import { expect, it } from 'vitest'
import { billedCalls, changedBy, payments, RESERVED_AT } from '../../test/purchase-states.js'
import { isForgettable } from './retention.js'

const over = changedBy(payments.settled, { type: 'answered' })
const later = { untilMs: RESERVED_AT + 1, isNewestOfHost: false }

it('forgets what is over and was reserved before the time', () => {
  expect(isForgettable(over, later)).toBe(true)
  expect(isForgettable(over, { ...later, untilMs: RESERVED_AT })).toBe(false)
})

it('keeps what somebody waits for', () => {
  expect(isForgettable(payments.settled, later)).toBe(false)
})

it.each([
  payments.reserved,
  payments.signed,
  payments.sent,
  ...billedCalls.filter(({ state }) => state === 'sent')
])('keeps what can still settle, though its call is over: $kind, $state', (purchase) => {
  expect(isForgettable(changedBy(purchase, { type: 'failed' }), later)).toBe(false)
})

it('keeps a name for ever, unless it is free again', () => {
  expect(isForgettable({ ...over, name: 'invoice-42' }, later)).toBe(false)
  for (const state of ['dead', 'released'] as const) {
    const ended = changedBy(payments[state], { type: 'failed' })
    expect(isForgettable({ ...ended, name: 'invoice-42' }, later)).toBe(true)
  }
})

it('keeps the newest of its host, by which payees are pinned', () => {
  expect(isForgettable(over, { ...later, isNewestOfHost: true })).toBe(false)
})
