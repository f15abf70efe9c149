import { describe, expect, it } from 'vitest'
import type { Recording } from './recording.js'
import { SharedAnswers } from './shared-answers.js'

/** Answers by hand, and how often one was begun. */
function desk(keepMs = 1000) {
  let nowMs = 0
  const clock = { nowMs: () => nowMs, sleep: async () => {} }
  const answers = new SharedAnswers(clock, keepMs)
  const made: { readonly recording: Recording; end(error?: unknown): void }[] = []
  const ask = (text = 'a', more: { key?: string; isRetry?: boolean; agent?: string } = {}) => {
    const asked = {
      agent: 'one',
      path: '/v1/x',
      body: new TextEncoder().encode(text),
      isRetry: false,
      ...more
    }
    return answers.take(
      asked,
      (recording) =>
        new Promise((resolve, reject) => {
          made.push({ recording, end: (error) => (error === undefined ? resolve() : reject(error)) })
        })
    )
  }
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const pass = (ms: number): void => {
    nowMs += ms
  }
  return { ask, made, settle, pass }
}

describe('answers that are shared', () => {
  it('go to whoever asks the same after a client that left, one to each', () => {
    const { ask, made } = desk()
    const [first, second] = [ask(), ask()]
    expect(made).toHaveLength(2)
    first.leave(false)
    second.leave(false)
    expect([ask(), ask()].map(({ recording }) => recording)).toEqual([made[0]?.recording, made[1]?.recording])
    expect(made).toHaveLength(2)
    ask()
    expect(made).toHaveLength(3)
  })

  it('go to a retry, and before all what nobody has had', async () => {
    const { ask, made, settle } = desk()
    ask().leave(false)
    ask('a', { isRetry: true }).leave(true)
    expect(made).toHaveLength(1)
    made[0]?.end()
    await settle()
    expect(ask('a', { isRetry: true }).recording).toBe(made[0]?.recording)
    ask()
    expect(made).toHaveLength(2)
  })

  it('are one agent’s own, also by the same key', () => {
    const { ask, made } = desk()
    ask('a', { key: 'k' })
    ask('a', { key: 'k' })
    ask('a', { key: 'k', agent: 'two' })
    expect(made).toHaveLength(2)
    expect(() => ask('b', { key: 'k' })).toThrow('was used for another request')
  })

  it('are kept for their time from their end on, however long they took', async () => {
    const { ask, made, settle, pass } = desk(1000)
    ask('a', { key: 'k' }).leave(true)
    pass(5000)
    made[0]?.end()
    await settle()
    pass(999)
    ask('a', { key: 'k' }).leave(true)
    expect(made).toHaveLength(1)
    pass(2)
    ask('a', { key: 'k' })
    expect(made).toHaveLength(2)
  })

  it('are not kept when they fail: whoever waits is told, whoever asks next begins anew', async () => {
    const { ask, made, settle } = desk()
    const { recording } = ask('a', { key: 'k' })
    made[0]?.end(new Error('no'))
    await expect(recording.head()).rejects.toThrow('no')
    await settle()
    ask('a', { key: 'k' })
    expect(made).toHaveLength(2)
  })
})
