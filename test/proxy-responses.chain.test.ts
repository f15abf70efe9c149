import { createOpenAI } from '@ai-sdk/openai'
import type { JsonObject } from '@bursar/core'
import { type ScriptedReply, startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { startProxy } from '@bursar/proxy'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const [TOKEN, OTHER] = ['a-token-of-the-tests', 'another-token-of-the-tests']
const model = 'qwen3-6-flash'

/** A proxy whose service gives scripted replies, and the requests that reach it. */
async function scripted(...replies: readonly ScriptedReply[]) {
  const gateway = await startGateway({ base: stack.chain })
  onTestFinished(() => gateway.stop())
  const { key } = await fundWallet(stack)
  const proxy = await startProxy({
    evm: key,
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
    limits: { payment: '2' },
    ledger: memoryLedger(),
    service: { name: 'katana', baseUrl: gateway.url, billing: 'direct' },
    agents: [
      { name: 'default', token: TOKEN },
      { name: 'other', token: OTHER }
    ],
    port: 0
  })
  onTestFinished(() => proxy.stop())
  const asked: JsonObject[] = []
  gateway.katana.answerWith(
    ...replies.map((reply) => (request: JsonObject) => {
      asked.push(request)
      return typeof reply === 'function' ? reply(request) : reply
    })
  )
  const openai = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: TOKEN, maxRetries: 0 })
  return { proxy, openai, asked }
}

const weather = tool({
  description: 'The weather in a city',
  inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
  execute: async () => '12 degrees'
})
const called = { reasoning: 'I should look.', toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] }

describe('Responses through the proxy', () => {
  it.each(['whole', 'streamed'])('C27: the AI SDK goes on where it was, by reference (%s)', async (way) => {
    const { proxy, asked } = await scripted(called, { content: 'It is 12 degrees.' })
    const openai = createOpenAI({ baseURL: `${proxy.url}/v1`, apiKey: TOKEN })
    const options = {
      model: openai(model),
      prompt: 'How is Oslo?',
      tools: { weather },
      stopWhen: stepCountIs(3)
    }
    const text = way === 'whole' ? (await generateText(options)).text : await streamText(options).text
    expect(text).toBe('It is 12 degrees.')
    expect(asked[1]?.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', tool_calls: [{ function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] },
      { role: 'tool', content: expect.stringContaining('12 degrees') }
    ])
  })

  it('C27: OpenAI’s SDK goes on from an answer, and from an item of it, and another agent cannot', async () => {
    const { proxy, openai, asked } = await scripted({ content: 'Noted.' }, { content: 'Blue.' })
    const first = await openai.responses.create({ model, input: 'My colour is blue.' })
    const next = { model, previous_response_id: first.id, input: 'Which colour?' }
    const other = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: OTHER, maxRetries: 0 })
    await expect(other.responses.create(next)).rejects.toMatchObject({
      status: 400,
      code: 'previous_response_not_found',
      message: expect.stringContaining('Nothing was paid')
    })
    expect(asked).toHaveLength(1)
    const second = await openai.responses.create(next)
    expect(second).toMatchObject({
      output_text: 'Blue.',
      previous_response_id: first.id,
      store: false,
      model
    })
    expect(asked[1]?.messages).toMatchObject([
      { role: 'user', content: 'My colour is blue.' },
      { role: 'assistant', content: 'Noted.' },
      { role: 'user', content: 'Which colour?' }
    ])
  })

  it('13.3: the helper of OpenAI’s SDK puts a stream together: reasoning, text, calls and a refusal', async () => {
    const { openai } = await scripted({ ...called, content: 'Let me look.' }, { refusal: 'I cannot.' })
    const stream = openai.responses.stream({ model, input: 'How is Oslo?' })
    const numbers: number[] = []
    stream.on('event', ({ sequence_number: number }) => numbers.push(number))
    const { output } = await stream.finalResponse()
    expect(output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call'])
    expect(output[1]).toMatchObject({ content: [{ type: 'output_text', text: 'Let me look.' }] })
    expect(numbers).toEqual(numbers.map((_, index) => index))
    const refused = await openai.responses.stream({ model, input: 'Do harm' }).finalResponse()
    expect(refused.output).toMatchObject([{ content: [{ type: 'refusal', refusal: 'I cannot.' }] }])
  })

  it('C29: an answer that was cut is incomplete, whole and streamed, and its call is not whole', async () => {
    const { openai } = await scripted({ ...called, isCut: true }, { ...called, isCut: true })
    const whole = await openai.responses.create({ model, input: 'How is Oslo?' })
    const stream = await openai.responses.create({ model, input: 'How is Bergen?', stream: true })
    const ends: OpenAI.Responses.Response[] = []
    for await (const event of stream) if (event.type === 'response.incomplete') ends.push(event.response)
    expect(ends).toHaveLength(1)
    for (const { status, incomplete_details, output } of [whole, ...ends]) {
      expect([status, incomplete_details]).toEqual(['incomplete', { reason: 'max_output_tokens' }])
      expect(output.at(-1)).toMatchObject({ type: 'function_call', status: 'incomplete' })
    }
  })

  it('C24: what was offered and runs nowhere here is told beside the answer', async () => {
    const { openai, asked } = await scripted({ content: 'Yes.' })
    const tools = [
      { type: 'web_search' as const },
      { type: 'function' as const, name: 'mine', parameters: {}, strict: false }
    ]
    const { response } = await openai.responses.create({ model, input: 'x', tools }).withResponse()
    expect(response.headers.get('x-bursar-left-out')).toBe('web_search')
    expect(asked[0]?.tools).toMatchObject([{ function: { name: 'mine' } }])
  })
})
