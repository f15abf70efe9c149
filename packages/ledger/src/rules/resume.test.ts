import type { Purchase, PurchaseEvent, ResumeQuery } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { billedCalls, changedBy, payments } from '../../test/purchase-states.js'
import { reservation, signed, signedUntil } from '../testing/samples.js'
import { applyEvent, endCall } from './apply-event.js'
import type { Liveness } from './liveness.js'
import { openPurchase, reopenPurchase } from './open-purchase.js'
import { hasBytes } from './questions.js'
import { type Candidate, decideResumption, findJoined, type ResumeFacts } from './resume.js'

const purchase = openPurchase(reservation('1', 5n), 1_000)
const query = { fingerprint: purchase.fingerprint, payers: undefined, windowMs: 600_000 }
const factsOf = (session: ResumeFacts['equal'][number]['session']): ResumeFacts => ({
  equal: [{ purchase, session }],
  named: undefined,
  joined: undefined,
  answered: []
})

describe('an equal call that only holds its cost', () => {
  it('M3: is released before a joined call pays, when its session is taken for gone, so that it cannot sign any more', () => {
    const facts = factsOf({ kind: 'gone', sinceMs: 0 })
    expect(decideResumption(facts, { ...query, inFlight: 'join' }, 2_000)).toMatchObject({
      kind: 'release',
      purchase: { id: '1', call: 'failed' }
    })
  })

  it('is waited for, and shared, while its session is at work or may be', () => {
    const joining = { ...query, inFlight: 'join' } as const
    expect(decideResumption(factsOf({ kind: 'alive' }), joining, 2_000).kind).toBe('in-flight')
    expect(decideResumption(factsOf({ kind: 'unknown', withinMs: 9 }), joining, 2_000).kind).toBe('wait')
  })

  it('is another purchase where calls are separate', () => {
    for (const session of [{ kind: 'gone', sinceMs: 0 } as const, { kind: 'alive' } as const])
      expect(decideResumption(factsOf(session), query, 2_000)).toEqual({ kind: 'nothing' })
  })
})

describe('equal calls that may be resumed', () => {
  const failed = (id: string, ...events: readonly PurchaseEvent['type'][]): ResumeFacts['equal'][number] => {
    const types = ['signed', ...events, 'failed'] as const
    const purchase = types.reduce<Purchase>(
      (before, type) => {
        const event = type === 'signed' ? signed : ({ type } as PurchaseEvent)
        return applyEvent(before, event, 1_000) ?? before
      },
      openPurchase(reservation(id, 5n), 1_000)
    )
    return { purchase, session: { kind: 'gone', sinceMs: 0 } }
  }
  const first = (...equal: ResumeFacts['equal']) =>
    decideResumption({ equal, named: undefined, joined: undefined, answered: [] }, query, 2_000)

  it('M40: are resumed the one that was sent first, whatever was only signed before it', () => {
    const [onlySigned, sent, settled] = [failed('1'), failed('2', 'sent'), failed('3', 'settled')]
    expect(first(onlySigned, sent)).toMatchObject({ kind: 'resume', purchase: { id: '2' } })
    expect(first(onlySigned, sent, settled)).toMatchObject({ kind: 'resume', purchase: { id: '3' } })
    expect(first(onlySigned)).toMatchObject({ kind: 'resume', purchase: { id: '1' } })
    expect(first(sent, failed('4', 'sent'))).toMatchObject({ kind: 'resume', purchase: { id: '2' } })
  })
})

const NOW = 10_000_000
const gone: Liveness = { kind: 'gone', sinceMs: NOW }
const alive: Liveness = { kind: 'alive' }
const unknown: Liveness = { kind: 'unknown', withinMs: 9 }
const none: ResumeFacts = { equal: [], named: undefined, joined: undefined, answered: [] }
const of = (purchase: Purchase, session: Liveness): Candidate => ({ purchase, session })
const failedNow = (purchase: Purchase) => endCall(purchase, 'failed', NOW)
const decide = (facts: Partial<ResumeFacts>, more: Partial<ResumeQuery> = {}) =>
  decideResumption({ ...none, ...facts }, { ...query, ...more }, NOW)

describe('an equal call that failed', () => {
  const until = (expiresAtMs: number) => changedBy(payments.reserved, signedUntil(expiresAtMs))

  it('is resumed within the window, and as long as its authorization can settle', () => {
    const old = (purchase: Purchase) => endCall(purchase, 'failed', NOW - query.windowMs - 1)
    expect(decide({ equal: [of(failedNow(until(1_000)), gone)] }).kind).toBe('resume')
    expect(decide({ equal: [of(endCall(until(1_000), 'failed', NOW - query.windowMs), gone)] }).kind).toBe(
      'resume'
    )
    expect(decide({ equal: [of(old(until(NOW + 1_000)), gone)] }).kind).toBe('resume')
    const settled = old(changedBy(until(NOW + 1_000), { type: 'settled' }))
    expect(decide({ equal: [of(settled, gone)] }).kind).toBe('nothing')
  })

  it('is looked up on the chain where only clocks say that it cannot settle any more', () => {
    const late = of({ ...endCall(until(NOW), 'failed', NOW - query.windowMs - 1), id: 'late' }, gone)
    expect(decide({ equal: [late] })).toMatchObject({ kind: 'unresolved', purchase: { id: 'late' } })
    expect(decide({ equal: [late] }, { unresolved: 'late' }).kind).toBe('resume')
    expect(decide({ equal: [late] }, { unresolved: 'another' }).kind).toBe('unresolved')
    expect(decide({ equal: [late] }, { payers: ['0xelse'] }).kind).toBe('nothing')
    expect(decide({ equal: [late, of(failedNow(payments.sent), gone)] }).kind).toBe('resume')
  })

  it('is not sent again where the server asked another price', () => {
    const withdrawn = changedBy(until(NOW + 1_000), { type: 'withdrawn' })
    expect(decide({ equal: [of(withdrawn, gone)] }, { inFlight: 'join' }).kind).toBe('nothing')
    expect(decide({ named: of(withdrawn, gone) }, { name: 'invoice-42' }).kind).toBe('nothing')
  })

  it('is not waited for, nor shared, though its session is at work', () => {
    const over = endCall(payments.sent, 'failed', 0)
    for (const session of [unknown, alive])
      expect(decide({ equal: [of(over, session)] }, { inFlight: 'join' }).kind).toBe('unresolved')
  })
})

describe('an equal call that is open', () => {
  it('is waited for where its bytes may have to be sent again, also where calls are separate', () => {
    expect(decide({ equal: [of(payments.sent, unknown)] })).toMatchObject({ kind: 'wait', withinMs: 9 })
    expect(decide({ equal: [of(payments.reserved, unknown)] }).kind).toBe('nothing')
  })

  it('is released where nothing was signed, and nothing else is', () => {
    const joining = { inFlight: 'join' } as const
    const released = endCall(changedBy(payments.reserved, { type: 'released' }), 'failed', 0)
    for (const purchase of [released, ...billedCalls, endCall(payments.reserved, 'failed', 0)])
      expect(decide({ equal: [of(purchase, gone)] }, joining).kind).toBe('nothing')
  })

  it('is ours whoever pays, where an account is billed for it', () => {
    const [call] = billedCalls
    if (!call) return expect.unreachable()
    const joining = { inFlight: 'join', payers: ['0xelse'] } as const
    expect(decide({ equal: [of(call, alive)] }, joining).kind).toBe('in-flight')
    expect(decide({ equal: [of(payments.sent, alive)] }, joining).kind).toBe('nothing')
  })
})

describe('a purchase that has the name', () => {
  const named = (purchase: Purchase, session: Liveness = gone, more: Partial<ResumeQuery> = {}) =>
    decide({ named: of(purchase, session) }, { name: 'invoice-42', ...more }).kind

  it('is resumed, waited for, shared, released or paid for already', () => {
    expect(named(failedNow(payments.sent))).toBe('resume')
    expect(named(payments.sent, unknown)).toBe('wait')
    expect(named(failedNow(payments.sent), unknown)).toBe('resume')
    expect(named(payments.sent, alive)).toBe('in-progress')
    expect(named(payments.sent, alive, { inFlight: 'join' })).toBe('in-flight')
    expect(named(payments.reserved)).toBe('release')
    expect(named(endCall(payments.settled, 'answered', NOW))).toBe('already-settled')
  })

  it('stands in nobody’s way where it is over and has nothing to send', () => {
    for (const purchase of billedCalls.slice(0, 1)) expect(named(failedNow(purchase))).toBe('nothing')
  })

  it('is another call’s where it is of another call, or another wallet pays', () => {
    expect(named(payments.sent, alive, { fingerprint: 'else' })).toBe('name-taken')
    expect(named(payments.sent, alive, { payers: ['0xelse'] })).toBe('name-taken')
  })
})

describe('a purchase that was waited for', () => {
  const joined = (purchase: Purchase, session: Liveness = gone, more: Partial<ResumeQuery> = {}) =>
    decide({ joined: of(purchase, session) }, more).kind

  it('shares its answer, and lends its bytes where it failed', () => {
    expect(joined(endCall(payments.sent, 'answered', NOW))).toBe('answered')
    expect(joined(payments.sent)).toBe('resume')
  })

  it('shares nothing while it is open, where it was withdrawn, where it is dead, and where another wallet pays', () => {
    expect(joined(payments.sent, alive)).toBe('nothing')
    expect(joined(changedBy(payments.sent, { type: 'withdrawn' }))).toBe('nothing')
    expect(joined(endCall(payments.dead, 'answered', NOW))).toBe('nothing')
    expect(joined(failedNow(payments.dead))).toBe('nothing')
    expect(joined(endCall(payments.sent, 'answered', NOW), gone, { payers: ['0xelse'] })).toBe('nothing')
  })
})

it('an answer that came meanwhile is shared, and no end of a payment that died, or of one that has a name', () => {
  const answered = endCall(payments.settled, 'answered', NOW)
  expect(decide({ answered: [answered] }).kind).toBe('answered')
  const others = [endCall(payments.dead, 'answered', NOW), { ...answered, name: 'invoice-42' }]
  for (const purchase of others) expect(decide({ answered: [purchase] }).kind).toBe('nothing')
  expect(decide({ answered: [answered] }, { payers: ['0xelse'] }).kind).toBe('nothing')
})

it('a call that begins now shares what it would resume, else what is open', () => {
  const ours = { payers: undefined, windowMs: 600_000 }
  const failed = failedNow(payments.sent)
  expect(findJoined([payments.reserved, failed], ours, NOW)).toBe(failed)
  expect(findJoined([endCall(payments.sent, 'failed', 0), payments.reserved], ours, NOW)).toBe(
    payments.reserved
  )
  expect(findJoined([payments.reserved, failed], { ...ours, payers: ['0xelse'] }, NOW)).toBeUndefined()
})

it('a call that is resumed is open again, and marked once it had ended', () => {
  const failed = failedNow(payments.sent)
  if (!hasBytes(failed) || !hasBytes(payments.sent)) return expect.unreachable()
  expect(reopenPurchase(failed)).toMatchObject({ call: 'open', resumed: true })
  expect(reopenPurchase(failed)).not.toHaveProperty('endedAtMs')
  expect(reopenPurchase(payments.sent)).toBe(payments.sent)
})
