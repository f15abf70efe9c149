import { expect, it } from 'vitest'
import { atomicUsdc } from './atomic.js'
import { hasRisen } from './has-risen.js'

const risen = (cost: bigint, last: bigint, factor: number): boolean =>
  hasRisen(atomicUsdc(cost), atomicUsdc(last), factor)

it('is at most so many times as much, exactly', () => {
  expect(risen(115n, 100n, 1.15)).toBe(false)
  expect(risen(116n, 100n, 1.15)).toBe(true)
  for (let last = 1n; last < 3_000n; last++)
    for (const hundredths of [101n, 105n, 110n, 115n, 133n, 207n, 330n]) {
      const most = (last * hundredths) / 100n
      expect(risen(most, last, Number(hundredths) / 100)).toBe(false)
      expect(risen(most + 1n, last, Number(hundredths) / 100)).toBe(true)
    }
})

it('is more than nothing, however often that is taken', () => {
  expect(risen(1n, 0n, 1_000)).toBe(true)
  expect(risen(0n, 0n, 1)).toBe(false)
})
