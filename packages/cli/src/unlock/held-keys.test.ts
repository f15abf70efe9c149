import { expect, it } from 'vitest'
import { HeldKeys } from './held-keys.js'

const [SHORT, LONG, KEY] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]

it('gives no key whose time is over by the wall clock, though its timer stood still while the machine slept', () => {
  let [nowMs, ends] = [1_000, 0]
  const held = new HeldKeys(
    () => ends++,
    () => nowMs
  )
  held.answer({ ask: 'hold', keys: { [SHORT]: KEY }, forMs: 60_000 })
  held.answer({ ask: 'hold', keys: { [LONG]: KEY }, forMs: 120_000 })
  nowMs = 60_999
  expect(held.answer({ ask: 'get', ids: [SHORT] })).toEqual({ keys: { [SHORT]: KEY }, held: 2 })
  nowMs = 61_000
  expect(held.answer({ ask: 'get', ids: [SHORT, LONG] })).toEqual({ keys: { [LONG]: KEY }, held: 1 })
  expect(ends).toBe(0)
  nowMs = 121_000
  expect(held.answer({ ask: 'get', ids: [LONG] })).toEqual({ keys: {}, held: 0 })
  expect(ends).toBe(1)
})

it('P46: takes no key once it has ended, which nobody could erase', () => {
  let ends = 0
  const held = new HeldKeys(() => ends++)
  const hold = (id: string) => held.answer({ ask: 'hold', keys: { [id]: KEY }, forMs: 60_000 })
  expect(hold(SHORT)).toMatchObject({ held: 1 })
  expect(held.answer({ ask: 'lock' })).toMatchObject({ held: 1 })
  expect(hold(LONG)).toEqual({ keys: {}, held: 0 })
  expect(held.answer({ ask: 'get', ids: [LONG] })).toEqual({ keys: {}, held: 0 })
  expect(held.answer({ ask: 'lock' })).toMatchObject({ held: 0 })
  expect(ends).toBe(1)
})
