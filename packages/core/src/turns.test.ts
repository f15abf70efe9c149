import { afterEach, describe, expect, it, vi } from 'vitest'
import { areTurnsReplaced, stoppedTurns, stoppedTurnsReason } from './turns.js'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what connections need of the runtime', () => {
  it('is as it was at first', async () => {
    expect(areTurnsReplaced()).toBe(false)
    expect(await stoppedTurns()).toEqual([])
  })

  it('is held up by fake timers, each as they name it', async () => {
    vi.useFakeTimers({ toFake: ['setImmediate', 'queueMicrotask'] })
    expect(areTurnsReplaced()).toBe(true)
    expect(await stoppedTurns()).toEqual(['setImmediate', 'queueMicrotask'])
    vi.useRealTimers()
    expect(areTurnsReplaced()).toBe(false)
  })

  it('is held up where process.nextTick is replaced', async () => {
    const real = process.nextTick
    // Node and the runner of the tests have messages among these: none may be lost.
    const held: (() => void)[] = []
    const hold: typeof real = (run, ...values) => void held.push(() => real(run, ...values))
    const replaced = vi.spyOn(process, 'nextTick').mockImplementation(hold)
    const stopped = await stoppedTurns()
    replaced.mockRestore()
    for (const release of held) release()
    expect(stopped).toEqual(['nextTick'])
  })

  it('runs where a tool that watches the program has only wrapped it, and is tried once', async () => {
    const real = globalThis.queueMicrotask
    const watched = vi.fn((run: () => void) => real(run))
    vi.stubGlobal('queueMicrotask', watched)
    expect(areTurnsReplaced()).toBe(true)
    expect(await stoppedTurns()).toEqual([])
    expect(areTurnsReplaced()).toBe(false)
    await stoppedTurns()
    expect(watched).toHaveBeenCalledTimes(1)
  })

  it('runs where the program that has wrapped it is busy for longer than is waited', async () => {
    const real = globalThis.setImmediate
    const wrapped = vi.spyOn(globalThis, 'setImmediate').mockImplementation((run) => real(run))
    const asked = stoppedTurns()
    const endMs = performance.now() + 80
    while (performance.now() < endMs);
    const stopped = await asked
    wrapped.mockRestore()
    expect(stopped).toEqual([])
  })

  it('is needed but for setImmediate, and the reason says what to leave out', () => {
    expect(stoppedTurnsReason(['setImmediate'])).toBeUndefined()
    expect(stoppedTurnsReason(['setImmediate', 'queueMicrotask', 'nextTick'])).toBe(
      "fake timers hold queueMicrotask and nextTick up, without which no connection of Node's is used; leave these out: " +
        "vi.useFakeTimers() does, jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }), " +
        "sinon.useFakeTimers({ toFake: ['Date', 'setTimeout'] })"
    )
  })
})
