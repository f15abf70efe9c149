import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LONGEST_WINDOW_MS, SettledSeries } from './settled-series.js'

it('sums any window as adding one by one does, whatever the order of the times', () => {
  const entry = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.bigInt({ min: 0n, max: 1_000_000n }))
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 60 }),
      fc.integer({ min: -1, max: 10_001 }),
      (entries, since) => {
        const series = new SettledSeries()
        for (const [time, cost] of entries) series.add(time, cost)
        const after = entries.filter(([time]) => time > since)
        expect(series.since(since)).toBe(after.reduce((sum, [, cost]) => sum + cost, 0n))
      }
    )
  )
})

it('folds away what no window can reach, and keeps the total', () => {
  const series = new SettledSeries()
  for (let index = 0; index < 10_000; index++) series.add(index * 3_600_000, 1n)
  expect(series.total()).toBe(10_000n)
  const now = 9_999 * 3_600_000
  expect(series.since(now - LONGEST_WINDOW_MS)).toBe(744n)
})

it('adds up what settles within one second where there is much, and never says less than there is', () => {
  const series = new SettledSeries()
  const times = Array.from({ length: 100_000 }, (_, index) => Math.floor(index / 3))
  for (const time of times) series.add(time, 1n)
  expect(series.total()).toBe(100_000n)
  expect(series.length).toBeLessThan(4_096 + 100)
  for (const since of [-1, 0, 1, 998, 999, 1_000, 20_500, 33_000, 33_333]) {
    const exact = BigInt(times.filter((time) => time > since).length)
    const ofSecond = BigInt(times.filter((time) => time > since - 1_000).length)
    expect(series.since(since)).toBeGreaterThanOrEqual(exact)
    expect(series.since(since)).toBeLessThanOrEqual(ofSecond)
  }
})

it('counts what settles late once, also where it is older than all that is kept singly', () => {
  const series = new SettledSeries()
  for (let index = 0; index < 10_000; index++) series.add(index * 3_600_000, 1n)
  expect(series.length).toBeLessThan(10_000)
  series.add(5, 7n)
  expect(series.total()).toBe(10_007n)
  // What was folded away counts in every sum that reaches it, whole.
  expect([series.since(4), series.since(5)]).toEqual([10_007n, 10_007n])
  const now = 9_999 * 3_600_000
  expect(series.since(now - LONGEST_WINDOW_MS)).toBe(744n)
})

it('counts what has settled also when one time was far ahead, as of a clock that is then set back', () => {
  const series = new SettledSeries()
  for (let index = 0; index < 3_000; index++) series.add(index * 1_000, 1n)
  const now = 3_000_000
  series.add(now + 2 * LONGEST_WINDOW_MS, 1n)
  for (let index = 0; index < 3_000; index++) series.add(now + index, 1n)
  expect(series.since(now - 60_000)).toBeGreaterThanOrEqual(3_060n)
})
