import { expect, it } from 'vitest'
import { billedCalls, changedBy, payments } from '../../test/purchase-states.js'
import { canBeResumed, hasBytes, heldName, isHeld, isOutstandingPayment, showsPrice } from './questions.js'

const all = [...Object.values(payments), ...billedCalls]
const whichAre = (is: (purchase: (typeof all)[number]) => boolean) =>
  all.filter(is).map(({ kind, state }) => `${kind} ${state}`)

it('an authorization that can settle is a signed payment, and no bill', () => {
  expect(whichAre(isOutstandingPayment)).toEqual(['payment signed', 'payment sent'])
})

it('budgets hold what is reserved, and what can still settle', () => {
  expect(whichAre(isHeld)).toEqual([
    'payment reserved',
    'payment signed',
    'payment sent',
    'account sent',
    'balance sent'
  ])
})

it('a name is free again once its purchase is dead or released', () => {
  for (const purchase of all) {
    const isFree = purchase.state === 'dead' || purchase.state === 'released'
    expect(heldName({ ...purchase, name: 'invoice-42' })).toBe(isFree ? undefined : 'invoice-42')
  }
})

it('the price and the payee of a host are those of its payments that pay, or may', () => {
  expect(whichAre(showsPrice)).toEqual([
    'payment reserved',
    'payment signed',
    'payment sent',
    'payment settled'
  ])
})

it('the same bytes can be sent again while they are kept', () => {
  expect(whichAre(hasBytes)).toEqual(['payment signed', 'payment sent', 'payment settled'])
})

it('an equal call may send the bytes of a call that failed, and not where the server asked another price', () => {
  expect(canBeResumed(payments.sent)).toBe(false)
  expect(canBeResumed(changedBy(payments.sent, { type: 'failed' }))).toBe(true)
  expect(canBeResumed(changedBy(payments.sent, { type: 'answered' }))).toBe(false)
  expect(canBeResumed(changedBy(payments.sent, { type: 'withdrawn' }))).toBe(false)
  expect(canBeResumed(changedBy(payments.dead, { type: 'failed' }))).toBe(false)
})
