import { type Gateway, startGateway } from '@bursar/gateway'
import { createKatana } from 'bursar/katana'
import OpenAI from 'openai'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
let gateway: Gateway
beforeAll(async () => {
  const accounts = [{ key: 'key', secret: 'secret', credits: '1000' }]
  gateway = await startGateway({ base: stack.chain, katana: { accounts } })
  return () => gateway.stop()
})

const model = 'gpt-5-4-mini'
const question = { role: 'user' as const, content: 'How is the weather in Paris?' }
const asked = { model, messages: [question], max_tokens: 256 }

/** The official SDK, whose requests one billing path pays for. */
async function openaiBy(billing: 'direct' | 'wallet' | 'key') {
  const { bursar } = await fundWallet(stack, { limits: { payment: '2', total: '8' } })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: gateway.url })
  if (billing === 'wallet') await katana.balance.topUp('0.5')
  const fetch = billing === 'wallet' ? katana.openaiFetch : bursar.fetch
  const apiKey = billing === 'key' ? 'key:secret' : 'x402'
  return new OpenAI({ baseURL: katana.baseURL, apiKey, fetch })
}

describe.each(['direct', 'wallet', 'key'] as const)(
  'a scripted chat through the OpenAI SDK, paid by %s',
  (billing) => {
    it('P82: calls a tool, is given its result, and answers: several turns', async () => {
      const openai = await openaiBy(billing)
      const cities: unknown[] = []
      gateway.katana.answerWith(
        { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }] },
        ({ messages }) => ({ content: `The tool said: ${JSON.stringify(messages).includes('12 degrees')}` })
      )
      const runner = openai.chat.completions.runTools({
        ...asked,
        tools: [
          {
            type: 'function',
            function: {
              name: 'weather',
              description: 'The weather in a city',
              parameters: { type: 'object', properties: { city: { type: 'string' } } },
              parse: JSON.parse,
              function: ({ city }: { readonly city: string }) => {
                cities.push(city)
                return '12 degrees'
              }
            }
          }
        ]
      })
      expect(await runner.finalContent()).toBe('The tool said: true')
      expect(cities).toEqual(['Paris'])
    })

    it('P82: has JSON, a refusal and reasoning read as the SDK reads them', async () => {
      const openai = await openaiBy(billing)
      gateway.katana.answerWith(
        { json: { degrees: 12 } },
        { refusal: 'I cannot help with that.' },
        { reasoning: 'Let me think.', content: 'Twelve.' }
      )
      const format = {
        type: 'json_schema',
        json_schema: {
          name: 'weather',
          schema: { type: 'object', properties: { degrees: { type: 'number' } } }
        }
      } as const
      const structured = await openai.chat.completions.parse({ ...asked, response_format: format })
      expect(JSON.parse(structured.choices[0]?.message.content ?? '')).toEqual({ degrees: 12 })
      const refused = await openai.chat.completions.create(asked)
      expect(refused.choices[0]?.message).toMatchObject({
        content: null,
        refusal: 'I cannot help with that.'
      })
      const thought = await openai.chat.completions.create(asked)
      expect(thought.choices[0]?.message).toMatchObject({
        reasoning_content: 'Let me think.',
        content: 'Twelve.'
      })
      expect(thought.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0)
    })
  }
)

it('P82: streams tool calls and several answers to a key, as the SDK puts them together', async () => {
  const openai = await openaiBy('key')
  gateway.katana.answerWith(
    { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }] },
    { content: 'Twice.' }
  )
  const called = await openai.chat.completions.stream({ ...asked }).finalChatCompletion()
  expect(called.choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: { tool_calls: [{ function: { name: 'weather', arguments: '{"city":"Paris"}' } }] }
  })
  const twice = await openai.chat.completions.stream({ ...asked, n: 2 }).finalChatCompletion()
  expect(twice.choices.map(({ index, message }) => [index, message.content])).toEqual([
    [0, 'Twice.'],
    [1, 'Twice.']
  ])
})
