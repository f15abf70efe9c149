import { describe, expect, it } from 'vitest'
import { reservation, signed } from '../testing/samples.js'
import { endCall } from './apply-event.js'
import { openPurchase } from './open-purchase.js'
import { judgeReport } from './own-events.js'

const open = openPurchase(reservation('1', 5n), 1_000)
const ended = endCall(open, 'failed', 2_000)
const ours = { isOurs: true }
const another = { isOurs: false }
const reissued = { ...signed, type: 'reissued' } as const

describe('M40: what a session says of a call', () => {
  it.each([signed, reissued])('signs for it only while the session has it open: $type', (event) => {
    expect(judgeReport({ purchase: open, session: ours }, event)).toBe('taken')
    expect(judgeReport({ purchase: open, session: another }, event)).toBe('refused')
    expect(judgeReport({ purchase: ended, session: ours }, event)).toBe('refused')
  })

  it('discards its signature only while the session has it open: another may have sent it', () => {
    const event = { type: 'discarded' } as const
    expect(judgeReport({ purchase: open, session: ours }, event)).toBe('taken')
    expect(judgeReport({ purchase: open, session: another }, event)).toBe('ignored')
    expect(judgeReport({ purchase: ended, session: ours }, event)).toBe('ignored')
  })

  it.each(['sent', 'answered', 'failed'] as const)('does not end the call of another session: %s', (type) => {
    expect(judgeReport({ purchase: open, session: another }, { type })).toBe('ignored')
    expect(judgeReport({ purchase: open, session: ours }, { type })).toBe('taken')
    expect(judgeReport({ purchase: ended, session: another }, { type })).toBe('taken')
  })

  it.each(['settled', 'dead', 'released'] as const)('may be learned by anybody: %s', (type) => {
    expect(judgeReport({ purchase: open, session: another }, { type })).toBe('taken')
  })
})
