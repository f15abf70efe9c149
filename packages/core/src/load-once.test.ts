import { expect, it } from 'vitest'
import { loadOnce } from './load-once.js'

it('loads with the first who asks, and once for all who ask at the same time', async () => {
  let loads = 0
  const load = loadOnce(async () => ++loads)
  expect(loads).toBe(0)
  const both = Promise.all([load(), load()])
  expect(load.loaded()).toBeUndefined()
  expect(await both).toEqual([1, 1])
  expect(load.loaded()).toBe(1)
  expect(await load()).toBe(1)
})

it('tries again after a load that failed', async () => {
  const outcomes = [() => Promise.reject(new Error('no such file')), () => Promise.resolve('loaded')]
  const load = loadOnce(async () => outcomes.shift()?.())
  await expect(load()).rejects.toThrow('no such file')
  expect(load.loaded()).toBeUndefined()
  expect(await load()).toBe('loaded')
})
