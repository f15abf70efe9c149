import type Anthropic from '@anthropic-ai/sdk'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { model, proxyOn } from './proxy-on.js'

const test = stackTest()
const asked = { model, max_tokens: 256, messages: [{ role: 'user' as const, content: 'Go on.' }] }
const tools: Anthropic.Tool[] = [
  { name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }
]
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Each way in which Anthropic's SDK has a message. */
const ways = {
  whole: (anthropic: Anthropic, body: Anthropic.MessageCreateParamsNonStreaming) =>
    anthropic.messages.create(body),
  streamed: (anthropic: Anthropic, body: Anthropic.MessageCreateParamsNonStreaming) =>
    anthropic.messages.stream(body).finalMessage()
}

describe.each(['whole', 'streamed'] as const)('Messages through the proxy, %s', (way) => {
  test('P82, C13, C19, C20, C21: tell thinking, calls, cut calls and refusals as they are', async ({
    stack
  }) => {
    const { anthropic, purchases } = await proxyOn(stack)
    const call = { name: 'weather', arguments: { city: 'Oslo' }, id: 'call_1' }
    stack.gateway.katana.answerWith(
      { reasoning: 'Let me look.', toolCalls: [call] },
      { content: 'Half', toolCalls: [call, { ...call, id: 'call_2' }], isCut: true },
      { refusal: 'I cannot help with that.' }
    )
    const ask = () => ways[way](anthropic, { ...asked, tools })
    expect(await ask()).toMatchObject({
      model,
      stop_reason: 'tool_use',
      content: [
        { type: 'thinking', thinking: 'Let me look.', signature: '' },
        { type: 'tool_use', id: 'call_1', input: { city: 'Oslo' } }
      ]
    })
    const cut = await ask()
    expect(cut.stop_reason).toBe('max_tokens')
    expect(cut.content).toMatchObject([{ text: 'Half' }, { id: 'call_1' }])
    expect(await ask()).toMatchObject({
      stop_reason: 'refusal',
      content: [{ type: 'text', text: 'I cannot help with that.' }]
    })
    expect(await purchases()).toHaveLength(3)
  })
})

test('C18, C22, C23: what is asked for reaches the service, and what cannot is refused by name, unpaid', async ({
  stack
}) => {
  const { anthropic, purchases } = await proxyOn(stack)
  const requests: unknown[] = []
  stack.gateway.katana.answerAllWith((request) => {
    requests.push(request)
    return { content: '{}' }
  })
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data: png }
  const schema = { type: 'object', properties: { title: { type: 'string' } } }
  await anthropic.messages.create({
    ...asked,
    messages: [
      ...asked.messages,
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'weather', input: {} }] },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'image', source }] }]
      }
    ],
    tools: [...tools, { type: 'web_search_20250305', name: 'web_search' }],
    output_config: { format: { type: 'json_schema', schema } }
  })
  expect(requests).toMatchObject([
    {
      messages: [
        {},
        { tool_calls: [{ id: 'call_1' }] },
        { role: 'tool', tool_call_id: 'call_1' },
        { role: 'user', content: [{}, { image_url: { url: `data:image/png;base64,${png}` } }] }
      ],
      tools: [{ function: { name: 'weather' } }],
      response_format: { type: 'json_schema', json_schema: { schema } }
    }
  ])
  const search = [{ type: 'web_search_20250305' as const, name: 'web_search' as const }]
  const refused = anthropic.messages.create({ ...asked, tools: search })
  await expect(refused).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('web_search_20250305')
  })
  const blind = anthropic.messages.create({
    ...asked,
    model: 'deepseek-v4-flash',
    messages: [{ role: 'user', content: [{ type: 'image', source }] }]
  })
  await expect(blind).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('does not read images')
  })
  expect(await purchases()).toHaveLength(1)
})

test('C8, C36: tokens are counted and models told without the service', async ({ stack }) => {
  const { anthropic, proxy, purchases } = await proxyOn(stack)
  const words = 'word '.repeat(1000)
  const { input_tokens: few } = await anthropic.messages.countTokens({ model, messages: asked.messages })
  const { input_tokens: many } = await anthropic.beta.messages.countTokens({
    ...{ model, messages: asked.messages, system: words }
  })
  expect(many - few).toBeGreaterThan(500)
  const counts = await Promise.all(
    Array.from({ length: 18 }, () =>
      anthropic.messages.countTokens({ model, messages: asked.messages, tools: [] })
    )
  )
  expect(new Set(counts.map(({ input_tokens: each }) => each))).toEqual(new Set([few]))
  expect(await anthropic.models.retrieve(model)).toMatchObject({ id: model, type: 'model' })
  const dated = `${model}-20260101`
  expect(await anthropic.models.retrieve(dated)).toMatchObject({ id: dated, type: 'model' })
  await expect(anthropic.models.retrieve('a/b')).rejects.toMatchObject({
    status: 404,
    error: { type: 'error', error: { type: 'not_found_error', message: expect.stringContaining('a/b') } }
  })
  const headers = { authorization: `Bearer ${proxy.agents[0]?.token}` }
  const found = await fetch(`${proxy.url}/v1/models/${model}?x=1`, { headers })
  expect(await found.json()).toMatchObject({ id: model, object: 'model' })
  expect((await fetch(`${proxy.url}/v1/models`, { method: 'HEAD', headers })).status).toBe(200)
  expect(await purchases()).toEqual([])
})
