import { describe, expect, it } from 'vitest'
import { evaluateSession, HEARTBEAT_MS, type SessionEvidence, SILENCE_MS, seeSession } from './liveness.js'

const LOOKED_AT = 100_000

const at = (heartbeatAtMs: number, sharesClock: boolean): SessionEvidence => ({
  id: 's',
  isOurs: false,
  heartbeatAtMs,
  hasEnded: false,
  isProcessGone: false,
  sharesClock
})

/** Looks again and again, as a waiting caller does. */
function look(sharesClock: boolean) {
  let seen = seeSession(at(LOOKED_AT - 500, sharesClock), LOOKED_AT)
  return (heartbeatAtMs: number, nowMs: number): string => {
    const session = at(heartbeatAtMs, sharesClock)
    const { kind } = evaluateSession(session, nowMs, { sessions: { s: seen }, newest: 0 })
    seen = seeSession(session, nowMs, seen)
    return kind
  }
}

describe('M4: a session that is waited for', () => {
  it('is at work when its heartbeat is newer than the look, by one clock', () => {
    expect(look(true)(LOOKED_AT + 1, LOOKED_AT + 250)).toBe('alive')
  })

  it('may still have an end to write when its heartbeat is from a transaction that began before the look', () => {
    const seesAgain = look(true)
    expect(seesAgain(LOOKED_AT - 100, LOOKED_AT + 250)).toBe('unknown')
    expect(seesAgain(LOOKED_AT - 100, LOOKED_AT + 500)).toBe('unknown')
    expect(seesAgain(LOOKED_AT + HEARTBEAT_MS, LOOKED_AT + HEARTBEAT_MS + 50)).toBe('alive')
  })

  it.each([-600_000, 0, 600_000])(
    'is at work at its second heartbeat, if its clock is %i ms off',
    (offMs) => {
      const seesAgain = look(false)
      // Far behind, it counts as gone: its calls are released or resumed in a transaction first.
      if (offMs < 0) return expect(seesAgain(LOOKED_AT + offMs, LOOKED_AT + 250)).toBe('gone')
      expect(seesAgain(LOOKED_AT + offMs, LOOKED_AT + 250)).toBe('unknown')
      expect(seesAgain(LOOKED_AT + offMs + HEARTBEAT_MS, LOOKED_AT + HEARTBEAT_MS)).toBe('alive')
    }
  )

  it('is gone when it stops after one heartbeat more', () => {
    const seesAgain = look(false)
    expect(seesAgain(LOOKED_AT + 600_000, LOOKED_AT + 250)).toBe('unknown')
    expect(seesAgain(LOOKED_AT + 600_000, LOOKED_AT + 249 + SILENCE_MS)).toBe('unknown')
    expect(seesAgain(LOOKED_AT + 600_000, LOOKED_AT + 250 + SILENCE_MS)).toBe('gone')
  })
})
