import { atomicUsdc, type ReservationRejection, type ReservationTerms } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { payments } from '../../test/purchase-states.js'
import { reservation, total } from '../testing/samples.js'
import { MAX_SUM } from './countable.js'
import { type ReservationFacts, rejectReservation } from './reserve.js'

const clear: ReservationFacts = {
  frozen: undefined,
  restored: undefined,
  namesake: undefined,
  sameId: undefined,
  resumption: undefined,
  budgets: [],
  topUpRoom: [],
  lastPayee: undefined,
  lastCost: undefined,
  largestSum: 0n
}
const terms = reservation('new', 10n, { pinsPayee: true, maxPriceIncrease: 2 })
const kindOf = (facts: Partial<ReservationFacts>, of: ReservationTerms = terms) =>
  rejectReservation({ ...clear, ...facts }, of)?.kind
/** What of a limit of 20 is used. */
const used = (amount: bigint) => [{ budget: total(20n), used: atomicUsdc(amount) }]
const purchase = payments.settled

it('rejects nothing where nothing stands against it', () => {
  expect(kindOf({})).toBeUndefined()
  expect(kindOf({ resumption: { kind: 'nothing' } })).toBeUndefined()
  expect(kindOf({ resumption: { kind: 'name-taken', purchase } })).toBeUndefined()
})

it.each<[ReservationRejection['kind'], Partial<ReservationFacts>]>([
  ['frozen', { frozen: { reason: 'why' } }],
  ['restored', { restored: { reason: 'why' } }],
  ['id-taken', { sameId: purchase }],
  ['equal-call', { resumption: { kind: 'in-flight', purchase } }],
  ['name-taken', { namesake: purchase }],
  ['payee-moved', { lastPayee: '0xother' }],
  ['price-increased', { lastCost: atomicUsdc(4n) }],
  ['no-top-up-room', { topUpRoom: used(11n) }],
  ['over-budget', { budgets: used(11n) }],
  ['uncountable', { largestSum: MAX_SUM - 9n }]
])('rejects for one reason alone: %s', (kind, facts) => {
  expect(kindOf(facts)).toBe(kind)
})

describe('what just fits', () => {
  it('is a price at the bound, a cost at a limit, and a sum at the largest', () => {
    expect(kindOf({ lastCost: atomicUsdc(5n) })).toBeUndefined()
    expect(kindOf({ budgets: used(10n), topUpRoom: used(10n) })).toBeUndefined()
    expect(kindOf({ largestSum: MAX_SUM - 10n })).toBeUndefined()
  })

  it('is the payee that the host had, however it is spelled', () => {
    expect(kindOf({ lastPayee: '0xB' })).toBeUndefined()
  })
})

it('watches no payee and no price where the caller does not ask for it', () => {
  const unguarded = reservation('new', 10n, { pinsPayee: false })
  expect(kindOf({ lastPayee: '0xother', lastCost: atomicUsdc(1n) }, unguarded)).toBeUndefined()
})
