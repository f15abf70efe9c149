import { getEventListeners } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eitherSignal } from './either-signal.js'

const { any } = AbortSignal

describe.each([
  ['with AbortSignal.any', any],
  ['without it, as on Next’s edge', undefined]
])('either of two signals, %s', (_, given) => {
  const aborters = () => {
    Object.assign(AbortSignal, { any: given })
    onTestFinished(() => void Object.assign(AbortSignal, { any }))
    return [new AbortController(), new AbortController()] as const
  }

  it('is aborted with whichever is aborted first, for its reason', () => {
    for (const first of [0, 1] as const) {
      const both = aborters()
      const signal = eitherSignal(both[0].signal, both[1].signal)
      expect(signal.aborted).toBe(false)
      both[first].abort('first')
      both[1 - first]?.abort('second')
      expect([signal.aborted, signal.reason]).toEqual([true, 'first'])
    }
  })

  it('is aborted from the start when one of them is', () => {
    for (const first of [0, 1] as const) {
      const both = aborters()
      both[first].abort('before')
      expect(eitherSignal(both[0].signal, both[1].signal).reason).toBe('before')
    }
  })

  it('keeps nothing on a signal that outlives it, once it is aborted', () => {
    const [call, process] = aborters()
    eitherSignal(process.signal, call.signal)
    call.abort()
    expect(getEventListeners(process.signal, 'abort')).toEqual([])
  })

  it('is the other where there is one alone', () => {
    const [, other] = aborters()
    expect(eitherSignal(undefined, other.signal)).toBe(other.signal)
  })
})
