import { expect, it } from 'vitest'
import { createChance } from '../chance.js'
import { type Owner, Scheduler, world } from './scheduler.js'
import { Trace } from './trace.js'

const open = (seed = 1) => {
  const trace = new Trace(true)
  return { trace, scheduler: new Scheduler(createChance(seed), trace) }
}

const soon = (ms: number, owner: Owner = world) => ({ ms, owner, what: `at ${ms}` })

it('runs events in the order of their time', async () => {
  const { scheduler, trace } = open()
  for (const ms of [5, 1, 3, 2, 4]) scheduler.after(soon(ms), () => {})
  await scheduler.runUntil(() => false, 100)
  expect(trace.lines.map((line) => line.replace(/.* /, ''))).toEqual(['1', '2', '3', '4', '5'])
  expect(scheduler.nowMs - Scheduler.startMs).toBe(5)
})

it('runs events of one time in an order that the seed decides', async () => {
  const orderOf = async (seed: number): Promise<string> => {
    const { scheduler } = open(seed)
    let order = ''
    for (const name of 'abcdefgh') scheduler.after(soon(1), () => (order += name))
    await scheduler.runUntil(() => false, 100)
    return order
  }
  expect(await orderOf(7)).toBe(await orderOf(7))
  expect(await orderOf(7)).not.toBe(await orderOf(8))
})

it('lets every promise that can go on do so before the next event', async () => {
  const { scheduler } = open()
  const seen: string[] = []
  void scheduler.wait(soon(1)).then(async () => {
    for (let hops = 0; hops < 100; hops++) await null
    seen.push('hundred hops later')
  })
  scheduler.after(soon(2), () => seen.push('next event'))
  await scheduler.runUntil(() => false, 100)
  expect(seen).toEqual(['hundred hops later', 'next event'])
})

it('never goes on with what belongs to somebody dead, and later with what belongs to somebody paused', async () => {
  const { scheduler } = open()
  const [dying, pausing] = [
    { name: 'dying', isAlive: true, pausedUntilMs: 0 },
    { name: 'pausing', isAlive: true, pausedUntilMs: 0 }
  ]
  const seen: string[] = []
  scheduler.after(soon(10, dying), () => seen.push('dead'))
  scheduler.after(soon(10, pausing), () => seen.push(`woke at ${scheduler.nowMs - Scheduler.startMs}`))
  scheduler.after(soon(5), () => {
    dying.isAlive = false
    pausing.pausedUntilMs = Scheduler.startMs + 40
  })
  await scheduler.runUntil(() => false, 100)
  expect(seen).toEqual(['woke at 40'])
})

it('takes back what is cancelled', async () => {
  const { scheduler } = open()
  let hasHappened = false
  scheduler.after(soon(1), () => {
    hasHappened = true
  })()
  await scheduler.runUntil(() => false, 100)
  expect(hasHappened).toBe(false)
})

it('gives up on what never ends', async () => {
  const { scheduler } = open()
  const again = (): void => void scheduler.after(soon(1), again)
  again()
  await expect(scheduler.runUntil(() => false, 50)).rejects.toThrow('does not end')
})
