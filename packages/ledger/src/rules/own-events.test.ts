import { describe, expect, it } from 'vitest'
import { reservation, signed } from '../testing/samples.js'
import { endCall } from './apply-event.js'
import { openPurchase } from './open-purchase.js'
import { evaluateReport } from './own-events.js'

const open = openPurchase(reservation('1', 5n), 1_000)
const ended = endCall(open, 'failed', 2_000)
const ours = { isOurs: true }
const another = { isOurs: false }
const reissued = { ...signed, type: 'reissued' } as const

describe('M40: what a session says of a call', () => {
  it.each([signed, reissued])('signs for it only while the session has it open: $type', (event) => {
    expect(evaluateReport({ purchase: open, session: ours }, event)).toBe('accepted')
    expect(evaluateReport({ purchase: open, session: another }, event)).toBe('rejected')
    expect(evaluateReport({ purchase: ended, session: ours }, event)).toBe('rejected')
  })

  it('withdraws its payment only while the session has it open: another may be sending it', () => {
    const event = { type: 'withdrawn' } as const
    expect(evaluateReport({ purchase: open, session: ours }, event)).toBe('accepted')
    expect(evaluateReport({ purchase: open, session: another }, event)).toBe('rejected')
    expect(evaluateReport({ purchase: ended, session: ours }, event)).toBe('rejected')
    expect(evaluateReport({ purchase: { ...ended, withdrawn: true }, session: ours }, event)).toBe('accepted')
  })

  it('discards its signature only while the session has it open: another may have sent it', () => {
    const event = { type: 'discarded' } as const
    expect(evaluateReport({ purchase: open, session: ours }, event)).toBe('accepted')
    expect(evaluateReport({ purchase: open, session: another }, event)).toBe('ignored')
    expect(evaluateReport({ purchase: ended, session: ours }, event)).toBe('ignored')
  })

  it.each(['sent', 'answered', 'failed'] as const)('does not end the call of another session: %s', (type) => {
    expect(evaluateReport({ purchase: open, session: another }, { type })).toBe('ignored')
    expect(evaluateReport({ purchase: open, session: ours }, { type })).toBe('accepted')
    expect(evaluateReport({ purchase: ended, session: another }, { type })).toBe('accepted')
  })

  it.each(['settled', 'dead', 'released'] as const)('may be learned by anybody: %s', (type) => {
    expect(evaluateReport({ purchase: open, session: another }, { type })).toBe('accepted')
  })
})
