import { BursarError, type ErrorCode, type MoneyState } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { errorText } from './error-text.js'
import { exitCodeOf } from './exit-code.js'
import { OutputError } from './files/output-error.js'
import { UsageError } from './usage-error.js'

function failure(code: ErrorCode, moneyState: MoneyState): BursarError {
  return Reflect.construct(BursarError, [code, { message: 'It failed.', context: {}, moneyState }])
}

describe('the exit code says what happened to the money', () => {
  it.each<[ErrorCode, MoneyState, number]>([
    ['amount/malformed', 'none', 2],
    ['key/not-found', 'none', 2],
    ['server/port-unavailable', 'none', 2],
    ['offer/over-limit', 'none', 3],
    ['offer/none-usable', 'none', 3],
    ['request/insecure', 'none', 3],
    ['request/host-refused', 'none', 3],
    ['ledger/frozen', 'none', 3],
    ['price/unknown', 'none', 3],
    ['purchase/already-settled', 'none', 3],
    ['balance/insufficient', 'none', 3],
    ['balance/insufficient', 'settled', 3],
    ['request/timeout', 'none', 7],
    ['request/redirected', 'none', 1],
    ['rpc/unavailable', 'none', 7],
    ['request/unreachable', 'none', 7],
    ['service/unreachable', 'none', 7],
    ['service/unreachable', 'settled', 4],
    ['key/damaged', 'sent', 5],
    ['service/refused', 'none', 1],
    ['signer/failed', 'reserved', 1],
    ['ledger/unavailable', 'signed', 5],
    ['payment/refused', 'sent', 5],
    ['payment/outcome-unknown', 'unknown', 5],
    ['service/unreachable', 'unknown', 5],
    ['purchase/not-cancellable', 'sent', 5],
    ['payment/settled-answer-lost', 'settled', 4],
    ['balance/credit-delayed', 'settled', 4],
    ['job/failed', 'settled', 4]
  ])('%s with money %s is %i', (code, moneyState, expected) => {
    const error = failure(code, moneyState)
    expect(exitCodeOf(error, { hasReserved: false })).toBe(expected)
    // What an SDK or a promise wrapped is the same.
    expect(exitCodeOf(new Error('Connection error.', { cause: error }), { hasReserved: true })).toBe(expected)
  })

  it('M64: an error of which nothing is known is 5 once a payment was reserved, and 1 before', () => {
    for (const error of [new TypeError('a fault of ours'), 'a text', undefined]) {
      expect(exitCodeOf(error, { hasReserved: true })).toBe(5)
      expect(exitCodeOf(error, { hasReserved: false })).toBe(1)
    }
  })

  it('P57: what nobody answers is 7, also where the system says so, and 5 once a payment was reserved', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const failed = new TypeError('fetch failed', { cause: refused })
    expect(exitCodeOf(failed, { hasReserved: false })).toBe(7)
    expect(exitCodeOf(failed, { hasReserved: true })).toBe(5)
  })

  it('M64: 2 is for the command line alone, whatever it says of the cause', () => {
    expect(
      exitCodeOf(new UsageError('wrong', { cause: failure('offer/over-limit', 'sent') }), {
        hasReserved: true
      })
    ).toBe(2)
    expect(exitCodeOf(new TypeError('x'), { hasReserved: true })).not.toBe(2)
  })

  it('M60: an answer that cannot be written is 4 where it was paid for', () => {
    expect(exitCodeOf(new OutputError('no space', { cost: 'paid' }), { hasReserved: true })).toBe(4)
    expect(exitCodeOf(new OutputError('no space', { cost: 'account' }), { hasReserved: true })).toBe(4)
    expect(exitCodeOf(new OutputError('no space', { cost: 'balance' }), { hasReserved: true })).toBe(4)
    expect(exitCodeOf(new OutputError('no space', { cost: 'free' }), { hasReserved: false })).toBe(1)
  })
})

describe('what people read of an error', () => {
  it.each<[unknown, string]>([
    [failure('offer/over-limit', 'none'), 'offer/over-limit: It failed.\n'],
    [
      new Error('Connection error.', { cause: failure('rpc/unavailable', 'none') }),
      'rpc/unavailable: It failed.\n'
    ],
    [
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
      'fetch failed: connect ECONNREFUSED\n'
    ],
    [new UsageError('day: x is wrong', { cause: new Error('x is wrong') }), 'day: x is wrong\n'],
    ['a text', 'a text\n'],
    [undefined, 'undefined\n']
  ])('%# %o is one line', (error, text) => {
    expect(errorText(error)).toBe(text)
  })
})
