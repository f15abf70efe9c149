import type { SeenSession } from '@bursar/core'
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

describe('a session that was not looked at before', () => {
  const now = LOOKED_AT
  const of = (more: Partial<SessionEvidence>, ageMs = 0) =>
    evaluateSession({ ...at(now - ageMs, true), ...more }, now)

  it('is at work where it is our own, whatever else is said of it', () => {
    expect(of({ isOurs: true, hasEnded: true, isProcessGone: true }, 10 * SILENCE_MS)).toEqual({
      kind: 'alive'
    })
  })

  it('is gone since its last heartbeat where it has ended, or its process has', () => {
    const gone = { kind: 'gone', sinceMs: now - 5 }
    expect(of({ hasEnded: true }, 5)).toEqual(gone)
    expect(of({ isProcessGone: true }, 5)).toEqual(gone)
  })

  it('is gone at no time after now, though its clock is ahead', () => {
    expect(of({ hasEnded: true }, -9_000)).toEqual({ kind: 'gone', sinceMs: now })
  })

  it('is gone since ever where it was deleted', () => {
    expect(of({ heartbeatAtMs: undefined })).toEqual({ kind: 'gone', sinceMs: 0 })
  })

  it('is gone once it was silent for longer than it may be, and unknown until then', () => {
    expect(of({}, SILENCE_MS)).toEqual({ kind: 'unknown', withinMs: SILENCE_MS })
    expect(of({}, SILENCE_MS + 1)).toEqual({ kind: 'gone', sinceMs: now - SILENCE_MS - 1 })
  })
})

describe('a session that was looked at', () => {
  const evaluate = (
    session: SessionEvidence,
    nowMs: number,
    sessions: Readonly<Record<string, SeenSession>>
  ) => evaluateSession(session, nowMs, { sessions, newest: 0 })
  const seen = { heartbeatAtMs: LOOKED_AT, sinceMs: LOOKED_AT, isRenewed: false }

  it('is at work where it was not there at the look', () => {
    expect(evaluate(at(LOOKED_AT, false), LOOKED_AT, {})).toEqual({ kind: 'alive' })
  })

  it('is waited for anew from a heartbeat that says nothing by itself', () => {
    const another = at(LOOKED_AT - 1, true)
    expect(evaluate(another, LOOKED_AT + 9_000, { s: seen })).toEqual({
      kind: 'unknown',
      withinMs: SILENCE_MS
    })
    expect(evaluate(at(LOOKED_AT, true), LOOKED_AT + 9_000, { s: seen })).toEqual({
      kind: 'unknown',
      withinMs: 1_000
    })
  })

  it('has begun nothing since by a heartbeat of the very moment of the look', () => {
    const earlier = { ...seen, heartbeatAtMs: LOOKED_AT - 1 }
    expect(evaluate(at(LOOKED_AT, true), LOOKED_AT + 1, { s: earlier }).kind).toBe('unknown')
    expect(evaluate(at(LOOKED_AT + 1, true), LOOKED_AT + 1, { s: earlier }).kind).toBe('alive')
  })
})
