import type { Purchase, PurchaseEvent } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { reservation, signed } from '../testing/samples.js'
import { applyEvent } from './apply-event.js'
import { openPurchase } from './open-purchase.js'
import { decideResumption, type ResumeFacts } from './resume.js'

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
