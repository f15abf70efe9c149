import { atomicUsdc, type PurchaseEvent, type PurchaseEvidence } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { billedCalls, changedBy, payments, RESERVED_AT } from '../../test/purchase-states.js'
import { corrected, payment, signed } from '../testing/samples.js'
import { applyEvent } from './apply-event.js'
import { transitions } from './transitions.js'

const events: readonly PurchaseEvent[] = [
  signed,
  { ...signed, type: 'reissued' },
  { type: 'sent' },
  { type: 'settled' },
  corrected(4n),
  { type: 'dead' },
  { type: 'released' },
  { type: 'discarded' }
]

describe.each([...Object.values(payments), ...billedCalls])(
  'a purchase by $kind that is $state',
  (purchase) => {
    it.each(events)('changes by the table of transitions, and in no other way: $type', (event) => {
      const row = transitions.find(
        ({ kind, from, event: type }) =>
          kind === purchase.kind && from === purchase.state && type === event.type
      )
      expect(applyEvent(purchase, event, RESERVED_AT)?.state).toBe(row?.to)
    })
  }
)

describe('a payment that can settle', () => {
  it.each([payments.signed, payments.sent])(
    'is withdrawn while its call is open, and only then: $state',
    (open) => {
      expect(applyEvent(open, { type: 'withdrawn' }, 2_000)).toMatchObject({
        withdrawn: true,
        call: 'failed',
        endedAtMs: 2_000
      })
      for (const type of ['answered', 'failed'] as const)
        expect(applyEvent(changedBy(open, { type }), { type: 'withdrawn' }, 2_000)).toBeUndefined()
    }
  )

  it('is not withdrawn before it was signed, nor once it settled or died', () => {
    for (const purchase of [payments.reserved, payments.settled, payments.dead, payments.released])
      expect(applyEvent(purchase, { type: 'withdrawn' }, 2_000)).toBeUndefined()
  })

  it('loses its bytes, and the name of its signature, when nobody will ever send them', () => {
    const discarded = changedBy(payments.sent, { type: 'discarded' })
    expect(discarded).not.toHaveProperty('bytes')
    expect(discarded).not.toHaveProperty('authorization')
    expect(changedBy(payments.released, { type: 'discarded' })).toBe(payments.released)
  })

  it('dies by the death of its newest authorization, not by that of one that was replaced', () => {
    const reissued = changedBy(payments.sent, {
      ...signed,
      type: 'reissued',
      payment: { ...payment, reference: '0xnew' }
    })
    expect(applyEvent(reissued, { type: 'dead', reference: '0xd' }, 2_000)).toBeUndefined()
    const dead = changedBy(reissued, { type: 'dead', reference: '0xnew' })
    expect(dead).toMatchObject({ state: 'dead', authorization: { reference: '0xnew' } })
    expect(dead).not.toHaveProperty('bytes')
    expect(applyEvent(dead, { type: 'dead', reference: '0xnew' }, 2_000)).toBe(dead)
    expect(applyEvent(dead, { type: 'dead', reference: '0xd' }, 2_000)).toBeUndefined()
  })
})

describe('a payment that settled', () => {
  const evidence: PurchaseEvidence = { accepted: { scheme: 'exact' } }

  it('keeps its bytes until its caller has the answer', () => {
    expect(payments.settled).toHaveProperty('bytes')
    expect(changedBy(payments.settled, { type: 'failed' })).toHaveProperty('bytes')
    expect(changedBy(payments.settled, { type: 'answered' })).not.toHaveProperty('bytes')
    expect(changedBy(payments.sent, { type: 'answered' }, { type: 'settled' })).not.toHaveProperty('bytes')
  })

  it('keeps the transaction and the evidence that it has, unless it learns of others', () => {
    const first = changedBy(payments.sent, { type: 'settled', transaction: '0x1', evidence })
    expect(first).toMatchObject({ transaction: '0x1', evidence })
    expect(changedBy(first, { type: 'settled' })).toMatchObject({ transaction: '0x1', evidence })
    expect(changedBy(first, { type: 'settled', transaction: '0x2' })).toMatchObject({ transaction: '0x2' })
  })
})

describe('a billed call', () => {
  it('has the tokens that its service reports, and none where it reports none', () => {
    const [call] = billedCalls.filter(({ state }) => state === 'sent')
    if (!call) return expect.unreachable()
    const tokens = { input: 1, output: 2 }
    expect(changedBy(call, { type: 'settled', tokens })).toMatchObject({ tokens })
    expect(changedBy(call, { type: 'settled' })).not.toHaveProperty('tokens')
  })

  it.each(billedCalls.filter(({ state }) => state === 'settled'))(
    'of $kind stays at the first cost that is entered, until the service corrects it',
    (settled) => {
      expect(changedBy(settled, { type: 'settled', cost: atomicUsdc(1n) })).toBe(settled)
      expect(changedBy(settled, corrected(1n))).toMatchObject({ offer: { cost: 1n } })
    }
  )
})

it('a call ends once', () => {
  const answered = changedBy(payments.sent, { type: 'answered' })
  expect(applyEvent(answered, { type: 'failed' }, 9_000)).toBe(answered)
  const failed = changedBy(payments.sent, { type: 'failed' })
  expect(applyEvent(failed, { type: 'answered' }, 9_000)).toBe(failed)
})
