import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { withSignal } from './call-signal.js'

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

it('ends a call that takes too long', async () => {
  const { signal: stopping } = new AbortController()
  await expect(withSignal({ stopping, timeoutMs: 1 }, never)).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('ends a call when the proxy stops, and begins none after that', async () => {
  const proxy = new AbortController()
  const time = { stopping: proxy.signal, timeoutMs: 60_000 }
  const running = withSignal(time, never)
  proxy.abort(new Error('stopped'))
  await expect(running).rejects.toThrow('stopped')
  await expect(withSignal(time, () => expect.unreachable())).rejects.toThrow('stopped')
})

it.each([
  ['is answered', () => Promise.resolve('answer')],
  ['fails', () => Promise.reject(new TypeError('broken'))]
])('lets go of the proxy when a call %s', async (_, run) => {
  const { signal: stopping } = new AbortController()
  let during = 0
  const call = withSignal({ stopping, timeoutMs: 60_000 }, () => {
    during = getEventListeners(stopping, 'abort').length
    return run()
  })
  await call.catch(() => {})
  expect([during, getEventListeners(stopping, 'abort').length]).toEqual([1, 0])
})
