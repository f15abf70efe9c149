import { describe, expect, it } from 'vitest'
import { stillClock } from '../../test/wallets.js'
import { createMemoryNonceStore } from '../index.js'

describe('nonces in memory', () => {
  it('count once while they can be used, and are forgotten after', () => {
    const clock = stillClock(1_000_000)
    const nonces = createMemoryNonceStore({ clock })
    expect([nonces.claim('a', 1_060), nonces.claim('a', 1_060), nonces.claim('b', 1_060)]).toEqual([
      'fresh',
      'used',
      'fresh'
    ])
    clock.move(59_999)
    expect(nonces.claim('a', 1_060)).toBe('used')
    clock.move(1)
    expect(nonces.claim('a', 1_120)).toBe('fresh')
  })

  it('never grow beyond their bound, and give up none that counts to make room', () => {
    const clock = stillClock(1_000_000)
    const nonces = createMemoryNonceStore({ max: 2, clock })
    expect(['a', 'b', 'c'].map((name) => nonces.claim(name, name === 'a' ? 1_060 : 1_120))).toEqual([
      'fresh',
      'fresh',
      'full'
    ])
    expect(nonces.claim('a', 1_060)).toBe('used')
    clock.move(60_000)
    expect([nonces.claim('c', 1_120), nonces.claim('d', 1_120), nonces.claim('b', 1_120)]).toEqual([
      'fresh',
      'full',
      'used'
    ])
  })

  it('need a bound that is one', () => {
    for (const max of [0, -1, 1.5, Number.NaN])
      expect(() => createMemoryNonceStore({ max })).toThrow(TypeError)
  })
})
