import { describe, expect, it } from 'vitest'
import { openCarriers } from './carriers.js'
import type { Ask } from './service.js'

const MODEL = 'qwen3-6-flash'
const messages = [{ role: 'user', content: 'Hi' }]
const post = (path: string, body: object): Ask => ({ path, body: JSON.stringify(body) })
const asks: readonly ((stream: boolean) => Ask)[] = [
  (stream) => post('/chat/completions', { model: MODEL, max_tokens: 9, messages, stream }),
  (stream) =>
    post('/messages', { model: MODEL, max_tokens: 9, messages, stop_sequences: ['MK-end'], stream }),
  (stream) => post('/responses', { model: MODEL, max_output_tokens: 9, input: 'Hi', stream })
]

const about = { id: 'c', object: 'chat.completion', created: 1, model: MODEL }
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const answerOf = (message: object, finish_reason = 'stop', more: object = {}) => ({
  ...about,
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason }],
  usage,
  ...more
})
const call = (name: string, given: unknown) => ({
  id: `id_${name}`,
  type: 'function',
  function: { name, arguments: given }
})
const image = { type: 'image_url', image_url: { url: 'https://MK-image/' } }

/** What services answer, in which everything that a program has to be told begins with `MK`. */
const answers: readonly [name: string, answer: object][] = [
  ['a thought', answerOf({ content: 'MK-text', reasoning_content: 'MK-thought' })],
  ['a thought by its other name', answerOf({ content: 'MK-text', reasoning: 'MK-thought' })],
  [
    'a thought in details',
    answerOf({ content: 'MK-text', reasoning_details: [{ type: 'reasoning.text', text: 'MK-thought' }] })
  ],
  ['a thought alone, cut', answerOf({ content: '', reasoning_content: 'MK-thought' }, 'length')],
  ['a refusal', answerOf({ refusal: 'MK-refusal' })],
  [
    'parts',
    answerOf({
      content: [
        { type: 'thinking', thinking: 'MK-thought' },
        { type: 'text', text: 'MK-one' },
        { type: 'refusal', refusal: 'MK-refusal' },
        image
      ]
    })
  ],
  ['an image beside the text', answerOf({ content: 'MK-text', images: [image] })],
  ['what was said aloud', answerOf({ audio: { id: 'a', data: 'AA', transcript: 'MK-said' } })],
  [
    'a source',
    answerOf({
      content: 'MK-text',
      annotations: [
        {
          type: 'url_citation',
          url_citation: { url: 'https://MK-url', title: 'MK-title', start_index: 0, end_index: 3 }
        }
      ]
    })
  ],
  ['sources of the whole text', answerOf({ content: 'MK-text' }, 'stop', { citations: ['https://MK-url'] })],
  [
    'calls',
    answerOf({ content: 'MK-text', tool_calls: [call('f', '{"a":"MK-a"}'), call('MK-g', '')] }, 'tool_calls')
  ],
  [
    'a call whose arguments are an object',
    answerOf({ tool_calls: [call('f', { a: 'MK-a' })] }, 'tool_calls')
  ],
  ['a call that is no JSON', answerOf({ tool_calls: [call('f', '{"a":"MK-a"')] }, 'tool_calls')],
  [
    'a call as older services have it',
    answerOf({ function_call: { name: 'MK-f', arguments: '{"a":"MK-a"}' } }, 'function_call')
  ],
  [
    'a custom call',
    answerOf(
      { tool_calls: [{ id: 'x', type: 'custom', custom: { name: 'f', input: 'MK-in' } }] },
      'tool_calls'
    )
  ],
  ['a filtered text', answerOf({ content: 'MK-text' }, 'content_filter')],
  ['an end of another name', answerOf({ content: 'MK-text' }, 'eos')],
  ['no usage', answerOf({ content: 'MK-text' }, 'stop', { usage: null })],
  ['an empty text', answerOf({ content: '' })]
]

describe.each(['katana', 'venice'] as const)('through the proxy and inside the process, %s', (service) => {
  it.each(answers)('C9: %s is told by each API, whole and streamed', async (_, answer) => {
    const { proxied, inProcess } = await openCarriers(() => ({ body: JSON.stringify(answer) }), service)
    for (const stream of [false, true])
      for (const ask of asks.map((make) => make(stream))) {
        const through = await proxied(ask)
        expect(await inProcess(ask)).toMatchObject({ status: through.status, body: through.body })
        const said = JSON.stringify(answer).match(/MK-\w+/g) ?? []
        expect(said.filter((words) => !through.body.includes(words))).toEqual([])
      }
  })

  it('C9: what is no answer of a model is a failure that may have been paid, and never an empty text', async () => {
    const failed = { error: { message: 'overloaded', code: 'x' } }
    const { proxied, inProcess } = await openCarriers(() => ({ body: JSON.stringify(failed) }), service)
    for (const ask of asks.slice(1).map((make) => make(false)))
      for (const { status, body } of [await proxied(ask), await inProcess(ask)]) {
        expect(status).toBe(ask.path === '/messages' ? 402 : 400)
        expect(JSON.parse(body).error.message).toMatch(/no completion: overloaded|no choices/)
      }
  })
})

it('counts what a cache was written as Anthropic does, and as OpenAI does', async () => {
  const counted = { ...usage, cache_creation_input_tokens: 177, cache_read_input_tokens: 401 }
  const answer = answerOf({ content: 'x' }, 'stop', { usage: counted })
  const { proxied } = await openCarriers(() => ({ body: JSON.stringify(answer) }), 'venice')
  const [, message, response] = await Promise.all(
    asks.map(async (make) => JSON.parse((await proxied(make(false))).body.replace('NOW', '0')).usage)
  )
  expect(message).toMatchObject({
    input_tokens: 3,
    cache_creation_input_tokens: 177,
    cache_read_input_tokens: 401
  })
  expect(response).toMatchObject({ input_tokens: 581, input_tokens_details: { cached_tokens: 401 } })
})

it('says at which of the texts of the request the model stopped, where the service tells it', async () => {
  const choices = [
    { index: 0, message: { role: 'assistant', content: 'x' }, finish_reason: 'stop', stop_reason: 'MK-end' }
  ]
  const { proxied } = await openCarriers(() => ({ body: JSON.stringify({ ...about, choices }) }), 'venice')
  const stop = { stop_reason: 'stop_sequence', stop_sequence: 'MK-end' }
  const [, ask] = asks
  expect(JSON.parse((await proxied(ask?.(false) ?? { path: '' })).body)).toMatchObject(stop)
  expect((await proxied(ask?.(true) ?? { path: '' })).body).toContain(JSON.stringify(stop))
})
