import { type Budget, type ReservationTerms, TOP_UP_LABEL } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { fromBalance, reservation, total } from '../testing/samples.js'
import { largestScopeOf, type Scope, scopePrefix, scopesOf, summedName, termsOf } from './scopes.js'

const paid = reservation('1', 5n)
const labelled = { ...paid, labels: { agent: 'a', task: '' } }
const topUp = { ...paid, labels: { [TOP_UP_LABEL]: 'katana' } }
const fromTopUp = fromBalance('2', 5n, { agent: 'a' })
const inTests: ReservationTerms = { ...paid, offer: { ...paid.offer, isTest: true } }

/** How often a purchase counts in a budget. */
function timesCounted(purchase: ReservationTerms, more: Partial<Budget>): number {
  const { plus, minus } = termsOf(total(0n, more))
  const scopes = scopesOf(purchase)
  const found = (some: readonly Scope[]): number => some.filter((scope) => scopes.includes(scope)).length
  return found(plus) - found(minus)
}

it.each<[string, ReservationTerms, Partial<Budget>, number]>([
  ['a payment in the budget of everything', paid, {}, 1],
  ['a payment in that of its host, however it is spelled', paid, { host: 'a.example.' }, 1],
  ['a payment in that of another host', paid, { host: 'b.example' }, 0],
  [
    'a payment in that of the host that asked for it',
    { ...paid, requestedOrigin: 'https://b.example' },
    { host: 'b.example' },
    1
  ],
  [
    'a payment that was asked for by its own host once',
    { ...paid, requestedOrigin: paid.origin },
    { host: 'a.example' },
    1
  ],
  ['a label in its own budget', labelled, { label: { name: 'agent', value: 'a' } }, 1],
  ['a label in the budget of another value', labelled, { label: { name: 'agent', value: 'b' } }, 0],
  ['a label in the budget of what has none', labelled, { label: { name: 'agent', value: '' } }, 0],
  ['an empty label in the budget of what has none', labelled, { label: { name: 'task', value: '' } }, 1],
  ['a top-up in the budget of everything', topUp, {}, 1],
  ['a top-up in no budget of what has no label', topUp, { label: { name: 'agent', value: '' } }, 0],
  ['what a balance pays in no budget of everything', fromTopUp, {}, 0],
  ['what a balance pays in no budget of its host', fromTopUp, { host: 'a.example' }, 0],
  ['what a balance pays in that of its label', fromTopUp, { label: { name: 'agent', value: 'a' } }, 1],
  [
    'what a balance pays in that of what has another label',
    fromTopUp,
    { label: { name: 'task', value: '' } },
    1
  ],
  ['test money in no budget of real money', inTests, {}, 0],
  ['test money in a budget of its own', inTests, { isTest: true }, 1],
  ['real money in no budget of test money', paid, { isTest: true }, 0]
])('counts %s', (_, purchase, budget, times) => {
  expect(timesCounted(purchase, budget)).toBe(times)
})

describe('the largest sum', () => {
  it('is one that each payment of its money counts in', () => {
    for (const purchase of [paid, topUp, inTests])
      expect(scopesOf(purchase)).toContain(largestScopeOf(purchase.offer))
    expect(largestScopeOf(inTests.offer)).not.toBe(largestScopeOf(paid.offer))
  })
})

it.each(['a', 'with "quotes"', '[1]'])('says of a sum which label %s it is of', (value) => {
  const scopes = scopesOf({ ...paid, labels: { agent: value, other: 'x' } })
  const query = { by: { label: 'agent' } } as const
  const ours = scopes.filter((scope) => scope.startsWith(scopePrefix(query)))
  expect(ours.map((scope) => summedName(scope, query))).toEqual([value])
})
