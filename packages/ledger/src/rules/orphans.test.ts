import { describe, expect, it } from 'vitest'
import { billedCalls, changedBy, payments } from '../../test/purchase-states.js'
import { endAbandonedCall, resolveOrphan } from './orphans.js'

const gone = { kind: 'gone', sinceMs: 1_500 } as const

describe('the open call of a session', () => {
  it('has failed when the session was last at work, once that is gone', () => {
    expect(endAbandonedCall(payments.sent, gone)).toMatchObject({ call: 'failed', endedAtMs: 1_500 })
  })

  it('goes on while the session is at work, or may be', () => {
    for (const session of [{ kind: 'alive' } as const, { kind: 'unknown', withinMs: 9 } as const])
      expect(endAbandonedCall(payments.sent, session)).toBe(payments.sent)
  })
})

describe('a purchase whose session is gone', () => {
  it('is released where only its cost was reserved', () => {
    expect(resolveOrphan(endAbandonedCall(payments.reserved, gone))).toEqual({ type: 'released' })
  })

  it('is left to the chain where it was signed, and as it is where it is over', () => {
    const { reserved, ...others } = payments
    for (const purchase of Object.values(others))
      expect(resolveOrphan(endAbandonedCall(purchase, gone))).toBeUndefined()
  })

  it('counts in full where an account or a balance may have been charged', () => {
    for (const call of billedCalls)
      expect(resolveOrphan(endAbandonedCall(call, gone))).toEqual(
        call.state === 'sent' ? { type: 'settled' } : undefined
      )
  })

  it('is not touched while its call is open or has its answer', () => {
    for (const purchase of [payments.reserved, ...billedCalls]) {
      expect(resolveOrphan(purchase)).toBeUndefined()
      expect(resolveOrphan(changedBy(purchase, { type: 'answered' }))).toBeUndefined()
    }
  })
})
