import { expect, it } from 'vitest'
import { JoinedCalls } from './joined-calls.js'

/** Calls that go on until they are aborted. */
function newCalls() {
  const signals: AbortSignal[] = []
  const calls = new JoinedCalls<string>()
  const join = (signal: AbortSignal): Promise<string> => {
    const never = (shared: AbortSignal): Promise<string> => {
      signals.push(shared)
      return new Promise((_, reject) => shared.addEventListener('abort', () => reject(shared.reason)))
    }
    return calls.join('key', never, signal)
  }
  return { signals, join }
}

it('M17: a joined call goes on while anybody waits for it, and ends with the last who gives up', async () => {
  const { signals, join } = newCalls()
  const [one, two] = [new AbortController(), new AbortController()]
  const [first, second] = [join(one.signal), join(two.signal)]
  one.abort('enough')
  await expect(first).rejects.toBe('enough')
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  two.abort('enough as well')
  await expect(second).rejects.toBe('enough as well')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})

it('a call that all have given up is joined by nobody', async () => {
  const { signals, join } = newCalls()
  const [one, two] = [new AbortController(), new AbortController()]
  const first = join(one.signal)
  one.abort('enough')
  await expect(first).rejects.toBe('enough')
  const second = join(two.signal)
  expect(signals).toHaveLength(2)
  two.abort('enough')
  await expect(second).rejects.toBe('enough')
})
