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
  lastPayees: [],
  lastCosts: [],
  largestSum: 0n
}
const terms = reservation('new', 10n, { pinsPayee: true, maxPriceIncrease: 2 })
const kindOf = (facts: Partial<ReservationFacts>, of: ReservationTerms = terms) =>
  rejectReservation({ ...clear, ...facts }, of)?.kind
/** The payees that hosts had, and what they cost, by the payee or the cost alone. */
const payees = (...of: string[]) => of.map((payTo) => ({ host: 'a.example', payTo }))
const costs = (...of: bigint[]) => of.map((cost) => ({ host: 'a.example', cost: atomicUsdc(cost) }))
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
  ['payee-moved', { lastPayees: payees('0xother') }],
  ['payee-moved', { lastPayees: payees('0xb', '0xother') }],
  ['price-increased', { lastCosts: costs(4n) }],
  ['price-increased', { lastCosts: costs(9n, 4n) }],
  ['no-top-up-room', { topUpRoom: used(11n) }],
  ['over-budget', { budgets: used(11n) }],
  ['uncountable', { largestSum: MAX_SUM - 9n }]
])('rejects for one reason alone: %s', (kind, facts) => {
  expect(kindOf(facts)).toBe(kind)
})

describe('what just fits', () => {
  it('is a price at the bound, a cost at a limit, and a sum at the largest', () => {
    expect(kindOf({ lastCosts: costs(5n) })).toBeUndefined()
    expect(kindOf({ budgets: used(10n), topUpRoom: used(10n) })).toBeUndefined()
    expect(kindOf({ largestSum: MAX_SUM - 10n })).toBeUndefined()
  })

  it('is the payee that the host had, however it is spelled', () => {
    expect(kindOf({ lastPayees: payees('0xB') })).toBeUndefined()
  })
})

it('watches no payee and no price where the caller does not ask for it', () => {
  const unguarded = reservation('new', 10n, { pinsPayee: false })
  expect(kindOf({ lastPayees: payees('0xother'), lastCosts: costs(1n) }, unguarded)).toBeUndefined()
})

it('names the host that it goes by, and the one that asks', () => {
  const led = { ...terms, origin: 'https://x1.pay.example', requestedOrigin: 'https://a.example' }
  const facts = { ...clear, lastPayees: payees('0xother') }
  const hosts = { host: 'a.example', paidHost: 'x1.pay.example' }
  expect(rejectReservation(facts, led)).toMatchObject({ kind: 'payee-moved', pinned: '0xother', ...hosts })
  const dearer = { ...clear, lastCosts: costs(4n) }
  expect(rejectReservation(dearer, led)).toMatchObject({ kind: 'price-increased', lastCost: 4n, ...hosts })
})
