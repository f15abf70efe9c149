import { HttpProblem } from '@bursar/local-server'
import { describe, expect, it } from 'vitest'
import type { CallRequest } from '../call-request.js'
import { SentBody } from '../sent-body.js'
import type { Recording } from './recording.js'
import { SharedAnswers } from './shared-answers.js'

interface Filling {
  readonly recording: Recording
  end(error?: unknown): void
}

function requestOf(text = 'a', more: Partial<CallRequest> = {}): CallRequest {
  const body = { text }
  const sent = new SentBody(new TextEncoder().encode(JSON.stringify(body)))
  return { agent: 'one', path: '/v1/x', body, sent, isRetry: false, ...more }
}

/** Answers that a test fills by hand. */
function newAnswers(keepMs = 1000) {
  let nowMs = 0
  let onSleep = (): void => {}
  const sleep = async (): Promise<void> => onSleep()
  const answers = new SharedAnswers({ nowMs: () => nowMs, sleep }, keepMs)
  const filled: Filling[] = []
  const share = (text = 'a', more: Partial<CallRequest> = {}) =>
    answers.share(
      requestOf(text, more),
      (recording) =>
        new Promise((resolve, reject) => {
          filled.push({ recording, end: (error) => (error === undefined ? resolve() : reject(error)) })
        })
    )
  /** Lets what has ended be noticed. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const pass = (ms: number): void => {
    nowMs += ms
  }
  const during = (act: () => void): void => {
    onSleep = act
  }
  return { answers, share, filled, settle, pass, during }
}

describe('a shared answer', () => {
  it('of a client that left goes to the next equal request, one to each', () => {
    const { share, filled } = newAnswers()
    const [first, second] = [share(), share()]
    expect(filled).toHaveLength(2)
    first.leave(false)
    second.leave(false)
    expect([share(), share()].map(({ recording }) => recording)).toEqual(
      filled.map(({ recording }) => recording)
    )
    expect(filled).toHaveLength(2)
    share()
    expect(filled).toHaveLength(3)
  })

  it('of a client that leaves in the moment in which it asks again is that of the next, too', async () => {
    const { answers, share, filled, during } = newAnswers()
    const first = share()
    during(() => first.leave(false))
    await answers.untilLeft(requestOf())
    expect(share().recording).toBe(first.recording)
    expect(filled).toHaveLength(1)
    during(() => expect.unreachable())
    await answers.untilLeft(requestOf('b'))
  })

  it('goes to a request that says it is a retry, also once it was delivered', async () => {
    const { share, filled, settle } = newAnswers()
    share().leave(false)
    share('a', { isRetry: true }).leave(true)
    expect(filled).toHaveLength(1)
    filled[0]?.end()
    await settle()
    expect(share('a', { isRetry: true }).recording).toBe(filled[0]?.recording)
    share()
    expect(filled).toHaveLength(2)
  })

  it('stays with its agent, also under the same key', () => {
    const { share, filled } = newAnswers()
    share('a', { key: 'k' })
    share('a', { key: 'k' })
    share('a', { key: 'k', agent: 'two' })
    expect(filled).toHaveLength(2)
  })

  it('stays with its request: one key is rejected with another body or path', () => {
    const { share } = newAnswers()
    share('a', { key: 'k' })
    expect(() => share('b', { key: 'k' })).toThrow('was used for another request')
    expect(() => share('a', { key: 'k', path: '/v1/y' })).toThrow('was used for another request')
  })

  it('is kept for its time from its end on, however long it took', async () => {
    const { share, filled, settle, pass } = newAnswers(1000)
    share('a', { key: 'k' }).leave(true)
    pass(5000)
    filled[0]?.end()
    await settle()
    pass(999)
    share('a', { key: 'k' }).leave(true)
    expect(filled).toHaveLength(1)
    pass(2)
    share('a', { key: 'k' })
    expect(filled).toHaveLength(2)
  })

  it('is kept no longer where it was read again behind later answers', async () => {
    const { share, filled, settle, pass } = newAnswers(1000)
    share('a', { key: 'early' }).leave(true)
    filled[0]?.end()
    await settle()
    pass(500)
    const reader = share('a', { key: 'early' })
    share('b', { key: 'late' }).leave(true)
    filled[1]?.end()
    await settle()
    reader.leave(true)
    pass(501)
    share('a', { key: 'early' })
    expect(filled).toHaveLength(3)
  })

  it('is not kept when it fails: those who wait get the error, and the next request begins again', async () => {
    const { share, filled, settle } = newAnswers()
    const { recording } = share('a', { key: 'k' })
    filled[0]?.end(new RangeError('no'))
    await expect(recording.head()).rejects.toThrow('no')
    await settle()
    share('a', { key: 'k' })
    expect(filled).toHaveLength(2)
  })

  it('C3: is shared by requests that ask for the same in other words', () => {
    const { share, filled } = newAnswers()
    const asked = { model: 'm', input: [{ b: 1, a: [2, { d: 3, c: 4 }] }] }
    const client_metadata = { turn: '1', window: '2' }
    share('', { body: { ...asked, stream: true, stream_options: {}, client_metadata } }).leave(false)
    const again = { input: [{ a: [2, { c: 4, d: 3 }], b: 1 }], client_metadata: { window: '3' }, model: 'm' }
    expect(share('', { body: again }).recording).toBe(filled[0]?.recording)
    share('', { body: { ...asked, input: [{ b: 1, a: [{ d: 3, c: 4 }, 2] }] } })
    share('', { body: again, path: '/v1/y' })
    expect(filled).toHaveLength(3)
  })

  it('C3: is not shared by requests that hand a service other headers or another query', () => {
    const { share, filled } = newAnswers()
    const beta = { 'anthropic-beta': 'context-1m' }
    share('a', { headers: beta }).leave(false)
    share()
    share('a', { headers: { 'anthropic-beta': 'other' } })
    share('a', { headers: beta, query: '?beta=true' })
    expect(filled).toHaveLength(4)
    expect(share('a', { headers: beta }).recording).toBe(filled[0]?.recording)
  })

  it('is not kept where it is a failure that was handed on and cost nothing, so that a retry asks again', async () => {
    const { share, filled, settle } = newAnswers()
    share('a', { key: 'k' }).leave(true)
    filled[0]?.recording.begin({ status: 503, headers: {} })
    filled[0]?.end()
    await settle()
    share('a', { key: 'k', isRetry: true })
    expect(filled).toHaveLength(2)
    filled[1]?.recording.costs.add('payment', 1n)
    filled[1]?.recording.begin({ status: 404, headers: {} })
    filled[1]?.end()
    await settle()
    share('a', { key: 'k', isRetry: true })
    expect(filled).toHaveLength(2)
  })

  it('is not kept once a newer one was asked for, so that a retry of what failed never gets the answer to an earlier request', async () => {
    const { share, filled, settle } = newAnswers()
    const first = share()
    filled[0]?.end()
    await settle()
    first.leave(true)
    share().leave(false)
    filled[1]?.recording.begin({ status: 503, headers: {} })
    filled[1]?.end()
    await settle()
    share('a', { isRetry: true })
    expect(filled).toHaveLength(3)
  })

  it('C4: that was paid and failed is told again to every equal request, and not to one with a new key', async () => {
    const { share, filled, settle, pass } = newAnswers(1000)
    const failed = share()
    filled[0]?.recording.costs.add('payment', 1000n)
    filled[0]?.end(
      new HttpProblem({ status: 502, code: 'image_failed', message: 'No', moneyState: 'settled' })
    )
    await expect(failed.recording.head()).rejects.toMatchObject({ status: 400, message: 'No' })
    failed.leave(false)
    await settle()
    for (const more of [{}, { isRetry: true }, {}]) {
      const told = share('a', more)
      await expect(told.recording.head()).rejects.toMatchObject({ code: 'image_failed' })
      told.leave(true)
    }
    expect(filled).toHaveLength(1)
    share('a', { agent: 'two' })
    share('a', { key: 'new' })
    share('b')
    expect(filled).toHaveLength(4)
    pass(1001)
    share()
    expect(filled).toHaveLength(5)
  })

  it('C5: that was paid is never told as a failure of the service, whatever went wrong', async () => {
    const { share, filled } = newAnswers()
    const { recording } = share()
    filled[0]?.recording.costs.add('balance', 512n)
    filled[0]?.end(new TypeError('a bug'))
    await expect(recording.head()).rejects.toMatchObject({
      status: 400,
      moneyState: 'settled',
      message: expect.stringContaining('0.000512 USDC was paid')
    })
  })

  it('is forgotten when answers are too large in all, those that were delivered first', async () => {
    const { share, filled, settle } = newAnswers()
    for (const key of ['delivered', 'left']) share(key, { key }).leave(key === 'delivered')
    for (const { recording, end } of filled) {
      recording.write(new Uint8Array(40 * 1024 * 1024))
      end()
    }
    await settle()
    share('left', { key: 'left' })
    expect(filled).toHaveLength(2)
    share('delivered', { key: 'delivered' })
    expect(filled).toHaveLength(3)
  })
})
