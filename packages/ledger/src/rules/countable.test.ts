import { atomicUsdc } from '@bursar/core'
import { expect, it } from 'vitest'
import { countableCharge } from './countable.js'

const counted = atomicUsdc(5n)
const charge = (said: bigint, before = counted) => countableCharge(said as typeof counted, before)

it('counts what a service says that it charged', () => {
  for (const said of [0n, 4n, 6n, 10n ** 14n]) expect(charge(said)).toBe(said)
})

it('stays at what counted where a service says less than nothing', () => {
  expect(charge(-1n)).toBe(counted)
})

it('counts at most 100 million dollars, or what was held where that is more', () => {
  expect(charge(10n ** 14n + 1n)).toBe(10n ** 14n)
  const more = atomicUsdc(10n ** 15n)
  expect(charge(10n ** 16n, more)).toBe(more)
  expect(charge(10n ** 15n - 1n, more)).toBe(10n ** 15n - 1n)
})
