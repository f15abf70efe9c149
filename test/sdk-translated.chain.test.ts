import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { generateImage, streamText } from 'ai'
import Anthropic122 from 'anthropic-0.122'
import { createKatana } from 'bursar/katana'
import OpenAI, { toFile } from 'openai'
import { expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const model = 'qwen3-6-flash'
const say = (words: string) => [{ role: 'user' as const, content: `Reply with exactly: ${words}` }]
const weather = {
  name: 'weather',
  description: 'The weather in a city',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } }
}

/** The official SDKs over one Katana, in this process. */
async function newShop() {
  const { bursar, address } = await fundWallet(stack, { limits: { payment: '2', total: '8' } })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: stack.gateway.url })
  const apiKey = 'x402'
  return {
    address,
    openai: new OpenAI({ baseURL: katana.baseURL, apiKey, fetch: katana.openaiFetch }),
    anthropic: new Anthropic({ baseURL: katana.anthropicBaseURL, apiKey, fetch: katana.anthropicFetch }),
    /** The version that LangChain brings, which sends its key in another header. */
    anthropic122: new Anthropic122({ baseURL: katana.anthropicBaseURL, apiKey, fetch: katana.anthropicFetch })
  }
}

it("C19, C20: Anthropic's SDK has text, thinking and tools, whole and streamed, each paid once", async () => {
  const { anthropic, address } = await newShop()
  const asked = { model, max_tokens: 256, messages: say('hello there') }
  const whole = await anthropic.messages.create(asked)
  expect(whole).toMatchObject({
    model,
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: 'hello there' }]
  })
  const streamed = await anthropic.messages.stream(asked).finalMessage()
  expect(streamed).toMatchObject({ model, content: [{ type: 'text', text: 'hello there' }] })
  expect(streamed.usage.input_tokens).toBeGreaterThan(0)
  stack.gateway.katana.answerWith(
    { reasoning: 'Let me look.', toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] },
    ({ messages }) => ({ content: JSON.stringify(messages) })
  )
  const called = await anthropic.messages.create({ ...asked, tools: [weather] })
  expect(called).toMatchObject({
    stop_reason: 'tool_use',
    content: [
      { type: 'thinking', thinking: 'Let me look.' },
      { type: 'tool_use', input: { city: 'Oslo' } }
    ]
  })
  const [, call] = called.content
  const id = call?.type === 'tool_use' ? call.id : ''
  const history = [
    ...asked.messages,
    { role: 'assistant' as const, content: called.content },
    { role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: id, content: '12' }] }
  ]
  const answered = await anthropic.messages.create({ ...asked, tools: [weather], messages: history })
  const [text] = answered.content
  expect(text?.type === 'text' ? JSON.parse(text.text) : undefined).toMatchObject([
    {},
    { role: 'assistant', reasoning_content: 'Let me look.', tool_calls: [{ id }] },
    { role: 'tool', tool_call_id: id, content: '12' }
  ])
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(4)
})

it("C8, C23, C36: Anthropic's SDK counts tokens, lists models and is refused by name, and nothing is paid", async () => {
  const { anthropic, address } = await newShop()
  const counted = await anthropic.messages.countTokens({
    model,
    messages: say('x'),
    system: 'word '.repeat(1000)
  })
  expect(counted.input_tokens).toBeGreaterThan(500)
  expect((await anthropic.models.list()).data.map(({ id }) => id)).toContain(model)
  expect(await anthropic.models.retrieve(model)).toMatchObject({ id: model, type: 'model' })
  await expect(anthropic.models.retrieve('none')).rejects.toMatchObject({ status: 404 })
  const search = { type: 'web_search_20250305' as const, name: 'web_search' as const }
  const asked = anthropic.messages.create({ model, max_tokens: 64, messages: say('x'), tools: [search] })
  await expect(asked).rejects.toMatchObject({
    status: 400,
    error: {
      error: { type: 'invalid_request_error', message: expect.stringContaining('web_search_20250305') }
    }
  })
  expect(await stack.chain.authorizationsUsed(address)).toEqual([])
})

it("C23: a tool of Anthropic's that is only offered is left out, and the answer names it", async () => {
  const { anthropic } = await newShop()
  const search = { type: 'web_search_20250305' as const, name: 'web_search' as const }
  const asked = { model, max_tokens: 64, messages: say('without'), tools: [weather, search] }
  for (const stream of [false, true] as const) {
    const response = await anthropic.messages.create({ ...asked, stream }).asResponse()
    expect(response.headers.get('x-bursar-left-out')).toBe('web_search_20250305')
    expect(await response.text()).toContain('without')
  }
})

it("P17: OpenAI's SDK has Responses, streams, images, edits and models in the process", async () => {
  const { openai, address } = await newShop()
  const input = 'Reply with exactly: responded'
  const response = await openai.responses.create({ model, input, max_output_tokens: 64 })
  expect([response.output_text, response.status]).toEqual(['responded', 'completed'])
  const streamed = await openai.responses.stream({ model, input, max_output_tokens: 64 }).finalResponse()
  expect(streamed.output).toMatchObject([{ type: 'message', content: [{ text: 'responded' }] }])
  let chatted = ''
  const stream = await openai.chat.completions.create({
    model,
    messages: say('streamed'),
    max_tokens: 64,
    stream: true
  })
  for await (const { choices } of stream) chatted += choices[0]?.delta.content ?? ''
  expect(chatted).toBe('streamed')
  const drawn = await openai.images.generate({ model: 'gen', prompt: 'A mug', size: '1024x1024' })
  expect((await fetch(drawn.data?.[0]?.url ?? '')).headers.get('content-type')).toBe('image/png')
  const [image] =
    (await openai.images.generate({ model: 'gen', prompt: 'A mug', n: 2, response_format: 'b64_json' }))
      .data ?? []
  const bytes = Buffer.from(image?.b64_json ?? '', 'base64')
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  const edited = await openai.images.edit({
    model: 'nano-banana-pro',
    prompt: 'Make it blue',
    image: await toFile(bytes, 'mug.png', { type: 'image/png' })
  })
  expect(edited.data?.[0]?.url).toMatch(/^http/)
  expect((await openai.models.list()).data.map(({ id }) => id)).toContain(model)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(6)
})

it("the version of Anthropic's SDK that LangChain brings has the same, whole and streamed", async () => {
  const { anthropic122, address } = await newShop()
  const asked = { model, max_tokens: 64, messages: say('the same') }
  const expected = { model, stop_reason: 'end_turn', content: [{ type: 'text', text: 'the same' }] }
  expect(await anthropic122.messages.create(asked)).toMatchObject(expected)
  expect(await anthropic122.messages.stream(asked).finalMessage()).toMatchObject(expected)
  expect((await anthropic122.models.list()).data.map(({ id }) => id)).toContain(model)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
})

it('C11, C13: a model by a dated, dotted or prefixed name is the listed one, in every API, and keeps the name that was asked for', async () => {
  const { anthropic, openai } = await newShop()
  const dated = 'qwen3-6-flash-20260427'
  const message = await anthropic.messages.create({ model: dated, max_tokens: 64, messages: say('one') })
  expect(message).toMatchObject({ model: dated, content: [{ text: 'one' }] })
  const dotted = 'qwen/qwen3.6-flash'
  const chat = await openai.chat.completions.create({ model: dotted, max_tokens: 64, messages: say('two') })
  expect(chat).toMatchObject({ model: dotted, choices: [{ message: { content: 'two' } }] })
  const other = openai.chat.completions.create({ model: 'no-such', max_tokens: 64, messages: say('x') })
  await expect(other).rejects.toMatchObject({ status: 400 })
})

it("a rejection by a limit is told to Anthropic's SDK in its words, and asked for once", async () => {
  const { bursar } = await fundWallet(stack, { limits: { payment: '0.000001' } })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: stack.gateway.url })
  let asked = 0
  const anthropic = new Anthropic({
    baseURL: katana.anthropicBaseURL,
    apiKey: 'x402',
    fetch: (input, init) => {
      asked++
      return katana.anthropicFetch(input, init)
    }
  })
  const refused = anthropic.messages.create({ model, max_tokens: 64, messages: say('x') })
  await expect(refused).rejects.toMatchObject({
    status: 402,
    message: expect.stringContaining('above the limit'),
    error: { type: 'error', error: { code: 'offer/over-limit', money_state: 'none' } }
  })
  expect(asked).toBe(1)
})

/** The providers of Vercel's AI SDK over one Katana. */
async function newVercelShop(payment: string) {
  const { bursar, address } = await fundWallet(stack, { limits: { payment } })
  onTestFinished(() => bursar.close())
  const { baseURL, openaiFetch: fetch } = createKatana(bursar, { baseUrl: stack.gateway.url })
  const openai = createOpenAI({ baseURL, apiKey: 'x402', fetch })
  const compatible = createOpenAICompatible({ name: 'katana', baseURL, apiKey: 'x402', fetch })
  return { address, openai, models: [openai(model), openai.chat(model), compatible(model)] }
}

it("P18: Vercel's streamText has its text by Responses, by chat and by a compatible provider, and generateImage its image", async () => {
  const { address, openai, models } = await newVercelShop('2')
  for (const each of models)
    expect(
      await streamText({ model: each, prompt: 'Reply with exactly: seen', maxOutputTokens: 64 }).text
    ).toBe('seen')
  const { image } = await generateImage({ model: openai.image('gen'), prompt: 'A mug' })
  expect(image.mediaType).toBe('image/png')
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(4)
})

it("P18: a rejection by a limit is an error of Vercel's streamText, and no empty stream", async () => {
  const { address, models } = await newVercelShop('0.000001')
  for (const each of models) {
    const errors: unknown[] = []
    const { text } = streamText({
      model: each,
      prompt: 'Reply with exactly: unseen',
      maxOutputTokens: 64,
      onError: ({ error }) => void errors.push(error)
    })
    await expect(text).rejects.toThrow()
    expect(errors).toMatchObject([{ message: expect.stringContaining('above the limit') }])
  }
  expect(await stack.chain.authorizationsUsed(address)).toEqual([])
})
