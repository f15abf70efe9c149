import { expect, it } from 'vitest'
import type { Clock } from './interfaces/clock.js'
import { within } from './within.js'

const late = (): Error => new Error('too late')
const never = new Promise<never>(() => {})

/** A clock whose sleeps end when they are told to, and that says how many have not. */
function clockOf() {
  const ends = new Set<() => void>()
  const clock: Clock = {
    nowMs: () => 0,
    sleep: (_, signal) =>
      new Promise((resolve, reject) => {
        const end = () => {
          ends.delete(end)
          resolve()
        }
        ends.add(end)
        signal?.addEventListener('abort', () => {
          ends.delete(end)
          reject(signal.reason)
        })
      })
  }
  return { clock, ends }
}

it('what is there in time is given, and no timer is left', async () => {
  const { clock, ends } = clockOf()
  expect(await within(Promise.resolve(5), { ms: 10, clock, late })).toBe(5)
  expect(ends.size).toBe(0)
})

it('what is not there in time is an error', async () => {
  const { clock, ends } = clockOf()
  const waiting = within(never, { ms: 10, clock, late })
  for (const end of ends) end()
  await expect(waiting).rejects.toThrow('too late')
})

it('a wait ends with its signal, by its reason', async () => {
  const { clock, ends } = clockOf()
  const given = new AbortController()
  const waiting = within(never, { ms: 10, clock, late, signal: given.signal })
  given.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  expect(ends.size).toBe(0)
})
