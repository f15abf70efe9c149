import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { abortable } from './abortable.js'

const reason = new Error('changed my mind')

describe('a wait that its caller ends', () => {
  it('rejects with the reason, and goes on in the background', async () => {
    const controller = new AbortController()
    let finish = (_: string): void => {}
    const step = new Promise<string>((resolve) => {
      finish = resolve
    })
    const late: string[] = []
    const waiting = abortable(step, controller.signal, { onLate: async (value) => late.push(value) })
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    finish('done')
    await expect.poll(() => late).toEqual(['done'])
  })

  it('does not begin when it was ended before', async () => {
    let aborted = 0
    const onAbort = (): void => {
      aborted++
    }
    await expect(abortable(Promise.resolve(1), AbortSignal.abort(reason), { onAbort })).rejects.toBe(reason)
    expect(aborted).toBe(1)
  })
})

it.each([
  ['is answered', async () => 'done'],
  [
    'fails',
    async () => {
      throw new Error('on purpose')
    }
  ]
])('a step that %s leaves no listener on a signal that many steps share', async (_, run) => {
  const { signal } = new AbortController()
  const waiting = abortable<string>(run(), signal)
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await waiting.catch(() => {})
  await expect.poll(() => getEventListeners(signal, 'abort')).toHaveLength(0)
})
