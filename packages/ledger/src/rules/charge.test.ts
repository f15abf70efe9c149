import { atomicUsdc, type PaymentOffer } from '@bursar/core'
import { expect, it } from 'vitest'
import { reservation } from '../testing/samples.js'
import { offerAtCharge } from './charge.js'

const { offer } = reservation('1', 100n)
/** Up to 100 of a token, of which ten count as one. */
const upto: PaymentOffer = {
  ...offer,
  cost: atomicUsdc(10n),
  upto: { amountAtomic: 100n, cost: atomicUsdc(10n) }
}

it('counts what was taken, rounded up', () => {
  for (const [taken, cost] of [
    [1n, 1n],
    [10n, 1n],
    [11n, 2n],
    [100n, 10n]
  ] as const)
    expect(offerAtCharge(upto, taken)).toMatchObject({ amountAtomic: taken, cost, upto: { isTaken: true } })
})

it('takes no amount for one that was not signed for', () => {
  for (const taken of [0n, -1n, 101n, undefined]) expect(offerAtCharge(upto, taken)).toBe(upto)
  expect(offerAtCharge(offer, 50n)).toBe(offer)
})

it('stays at the first amount that is known', () => {
  const known = offerAtCharge(upto, 50n)
  expect(offerAtCharge(known, 20n)).toBe(known)
})
