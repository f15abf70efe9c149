import { stackTest } from '@bursar/gateway/vitest'
import { expect } from 'vitest'
import { proxyOn, say } from './proxy-on.js'

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

test('C44: a whole answer whose client hung up is had by the repeat, for one payment', async ({ stack }) => {
  const { post, purchases, proxy } = await proxyOn(stack)
  stack.gateway.faults.next('slow', { times: 2 })
  const body = JSON.stringify(say('late'))
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${proxy.agents[0]?.token}` }
  const signal = AbortSignal.timeout(300)
  const first = fetch(`${proxy.url}/v1/chat/completions`, { method: 'POST', headers, body, signal })
  await first.then((answer) => answer.text()).catch(() => {})
  const second = await (await post(say('late'))).json()
  expect(second.choices[0].message.content).toBe('late')
  expect(await purchases()).toHaveLength(1)
})

test('C3: a stream that was hung up is had whole by the next request, and the other way round', async ({
  stack
}) => {
  const { post, purchases, proxy } = await proxyOn(stack)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${proxy.agents[0]?.token}` }
  const hangUp = async (path: string, body: object) => {
    stack.gateway.faults.next('slow', { times: 2 })
    const signal = AbortSignal.timeout(200)
    const sent = fetch(`${proxy.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal })
    await sent.then((answer) => answer.text()).catch(() => {})
  }
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
  const { post, purchases, proxy } = await proxyOn(stack)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${proxy.agents[0]?.token}` }
  const asked = {
    model: 'qwen3-6-flash',
    input: 'Reply with exactly: ordered',
    max_output_tokens: 64,
    stream: true
  }
  stack.gateway.faults.next('slow', { times: 2 })
  const first = { ...asked, client_metadata: { turn: '1', window: '2' } }
  const sent = fetch(`${proxy.url}/v1/responses`, {
    method: 'POST',
    headers,
    body: JSON.stringify(first),
    signal: AbortSignal.timeout(200)
  })
  await sent.then((answer) => answer.text()).catch(() => {})
  const second = await post({ ...asked, client_metadata: { window: '2', turn: '1' } }, {}, '/v1/responses')
  expect(await second.text()).toMatch(/"response\.completed"[\s\S]*ordered/)
  expect(await purchases()).toHaveLength(1)
})
