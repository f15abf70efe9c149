import { stackTest } from '@bursar/gateway/vitest'
import { expect } from 'vitest'
import { proxyOn, type Stack, say } from './proxy-on.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 50 } } })
const image = { model: 'gen', prompt: 'A mug', size: '1024x1024' }

test('C4, C5: a job that fails after it was paid is told three times with 400, and bought once', async ({
  stack
}) => {
  const { post, purchases } = await proxyOn(stack)
  stack.gateway.faults.next('job-fails', { leg: 'paid' })
  for (const headers of [{}, { 'x-stainless-retry-count': '0' }, {}]) {
    const answer = await post(image, headers as Record<string, string>, '/v1/images/generations')
    const { error } = await answer.json()
    expect([answer.status, answer.headers.get('x-bursar-money'), error.code]).toEqual([
      400,
      'settled',
      'image_failed'
    ])
    expect(error.message).toMatch(/^Job \S+ is paid for, but Job \S+ failed/)
    expect(error.message).not.toContain('saves what it made')
  }
  expect(await purchases()).toHaveLength(1)
  const again = await post(image, { 'idempotency-key': 'on-purpose' }, '/v1/images/generations')
  expect(again.status).toBe(200)
  expect(await purchases()).toHaveLength(2)
})

test('C5: a text that failed after it was paid says how a client buys it anew, and so it does', async ({
  stack
}) => {
  const { post, purchases } = await proxyOn(stack)
  stack.gateway.faults.next('error-500-after-settling')
  const failed = await post(say('anew'))
  const { error } = await failed.json()
  expect(failed.status).toBe(400)
  expect(error.message).toContain('by this one with a new Idempotency-Key header')
  expect(error.message).not.toContain('again: true')
  expect((await post(say('anew'), { 'idempotency-key': 'anew' })).status).toBe(200)
  expect(await purchases()).toHaveLength(2)
})

test('C6: a rejection by a limit is 402, and 400 on /v1/responses, and nothing is signed', async ({
  stack
}) => {
  const { post, purchases } = await proxyOn(stack, { limits: { payment: '0.000001' } })
  const before = await stack.base?.authorizationsUsed()
  const { messages, ...asked } = say('no')
  for (const [path, body, status] of [
    ['/v1/chat/completions', { ...asked, messages }, 402],
    ['/v1/messages', { ...asked, messages }, 402],
    ['/v1/responses', { model: asked.model, input: 'no' }, 400],
    ['/v1/images/generations', image, 402]
  ] as const) {
    const answer = await post(body, {}, path)
    expect([answer.status, answer.headers.get('x-bursar-money')], path).toEqual([status, 'none'])
    expect(JSON.stringify(await answer.json())).toContain('above the limit')
  }
  expect(await purchases()).toEqual([])
  expect(await stack.base?.authorizationsUsed()).toEqual(before)
})

/** A proxy, and a client of it that hangs up before it has an answer, which the proxy has noticed then. */
async function hangingUpOn(stack: Stack) {
  const notes: object[] = []
  const proxied = await proxyOn(stack, { onAnswered: (note) => notes.push(note) })
  const { url, agents } = proxied.proxy
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${agents[0]?.token}` }
  const hangUp = async (path: string, body: object): Promise<void> => {
    const gone = new AbortController()
    // The client leaves once its request has reached the service, which is slow.
    const match = (): boolean => {
      gone.abort()
      return true
    }
    stack.gateway.faults.next('slow', { times: 2, match })
    const before = notes.length
    const init = { method: 'POST', headers, body: JSON.stringify(body), signal: gone.signal }
    await expect(fetch(`${url}${path}`, init).then((answer) => answer.text())).rejects.toThrow()
    await expect.poll(() => notes.length, { timeout: 30_000 }).toBe(before + 1)
  }
  return { ...proxied, hangUp }
}

test('C44: a whole answer whose client hung up is had by the repeat, for one payment', async ({ stack }) => {
  const { post, purchases, hangUp } = await hangingUpOn(stack)
  await hangUp('/v1/chat/completions', say('late'))
  const second = await (await post(say('late'))).json()
  expect(second.choices[0].message.content).toBe('late')
  expect(await purchases()).toHaveLength(1)
})

test('C3: a stream that was hung up is had whole by the next request, and the other way round', async ({
  stack
}) => {
  const { post, purchases, hangUp } = await hangingUpOn(stack)
  const { messages, ...asked } = say('shared')
  await hangUp('/v1/messages', { ...asked, messages, stream: true })
  const whole = await (await post({ messages, ...asked }, {}, '/v1/messages')).json()
  expect(whole).toMatchObject({ type: 'message', content: [{ type: 'text', text: 'shared' }] })
  await hangUp('/v1/chat/completions', say('shared as well'))
  const streamed = await post({
    ...say('shared as well'),
    stream: true,
    stream_options: { include_usage: true }
  })
  expect(streamed.headers.get('content-type')).toContain('text/event-stream')
  expect(await streamed.text()).toMatch(/^data: \{[\s\S]*"usage":\{[\s\S]*data: \[DONE\]\n\n$/)
  expect(await purchases()).toHaveLength(2)
})

test('C3: Codex asks again with its metadata in another order, and has the answer of the first', async ({
  stack
}) => {
  const { post, purchases, hangUp } = await hangingUpOn(stack)
  const asked = {
    model: 'qwen3-6-flash',
    input: 'Reply with exactly: ordered',
    max_output_tokens: 64,
    stream: true
  }
  await hangUp('/v1/responses', { ...asked, client_metadata: { turn: '1', window: '2' } })
  const second = await post({ ...asked, client_metadata: { window: '2', turn: '1' } }, {}, '/v1/responses')
  expect(await second.text()).toMatch(
    /ordered[\s\S]*"response\.completed"|"response\.completed"[\s\S]*ordered/
  )
  expect(await purchases()).toHaveLength(1)
})
