import { describe, expect, it } from 'vitest'
import { reservation } from '../testing/samples.js'
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
