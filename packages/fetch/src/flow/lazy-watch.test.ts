import type { Purchase } from '@bursar/core'
import { expect, it } from 'vitest'
import { LazyWatch } from './lazy-watch.js'

const purchase = { id: 'p1' } as Purchase

/** A watch that notes its calls. */
function noting(failures = 0) {
  const calls: string[] = []
  let loads = 0
  const watch = new LazyWatch(async () => {
    if (++loads <= failures) throw new TypeError('the chunk did not load')
    return {
      add: ({ id }) => void calls.push(`add ${id}`),
      addExpired: (purchases) => void calls.push(`expired ${purchases.length}`),
      stop: () => void calls.push('stop')
    }
  })
  return { watch, calls, loads: () => loads }
}

it('is loaded by the first payment that is to be watched, and once', async () => {
  const { watch, calls, loads } = noting()
  expect(loads()).toBe(0)
  watch.add(purchase)
  watch.addExpired([purchase, purchase])
  await expect.poll(() => calls).toEqual(['add p1', 'expired 2'])
  watch.stop()
  expect([calls.at(-1), loads()]).toEqual(['stop', 1])
})

it('watches nothing once it was stopped, also when it was still loading', async () => {
  const { watch, calls, loads } = noting()
  watch.add(purchase)
  watch.stop()
  await expect.poll(loads).toBe(1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(calls).toEqual([])
})

it('fails nothing when it cannot be loaded, and is tried again by the next', async () => {
  const { watch, calls, loads } = noting(1)
  watch.add(purchase)
  await expect.poll(loads).toBe(1)
  await new Promise((resolve) => setImmediate(resolve))
  watch.addExpired([purchase])
  await expect.poll(() => calls).toEqual(['expired 1'])
})
