import { describe, expect, it } from 'vitest'
import { type Answer, type Ask, GEMINI, GPT, MODEL, openCarriers } from './carriers.js'
import { PNG } from './service.js'

const messages = [{ role: 'user', content: 'Hi' }]
const shown = { role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: '9007199254740995' }] }
/** Of a 64-bit integer, which a double does not hold. */
const LONG = '9007199254740993'

const post = (path: string, body: object): Ask => ({
  path,
  body: JSON.stringify(body).replaceAll('"LONG"', LONG)
})
const whole = (body: object): Answer => ({ body: JSON.stringify(body).replaceAll('"LONG"', LONG) })
const streamed = (body: string, isCut = false): Answer => ({
  headers: { 'content-type': 'text/event-stream' },
  body,
  isCut
})

const chat = (model: string, more: object = {}) =>
  post('/chat/completions', { model, max_tokens: 9, messages, ...more })
const completion = whole({
  ...{ id: 'c', object: 'chat.completion', created: 1, model: MODEL, extra: 'LONG' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
})
const message = whole({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', model: MODEL },
  content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { id: 'LONG' } }],
  usage: { input_tokens: 3, output_tokens: 2 }
})
const response = whole({
  ...{ id: 'resp_1', object: 'response', model: GPT, output: [] },
  usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 }
})
const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', model: MODEL, choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const begun = chunk({ content: 'Hel' })
const ended = `${begun}${chunk({}, 'stop')}data: [DONE]\n\n`
const messageBegun = `event: message_start\ndata: ${JSON.stringify({
  type: 'message_start',
  message: { id: 'm', model: MODEL }
})}\n\n`
const responseBegun = `event: response.created\ndata: ${JSON.stringify({
  type: 'response.created',
  sequence_number: 0,
  response: { id: 'resp_r', model: GPT }
})}\n\n`

const dated = 'anthropic/claude-sonnet-4.6-20260101'
const text = { model: dated, max_tokens: 9, messages }
const input = { model: 'claude-sonnet-4.6', max_output_tokens: 9, input: 'Hi' }
const gptInput = { ...input, model: `openai/${GPT.replace('5.4', '5-4')}` }
const form = (): FormData => {
  const filled = new FormData()
  filled.append('model', 'openai/gpt-image.2')
  filled.append('prompt', 'x')
  filled.append('image[]', new Blob(['x']), 'a.png')
  return filled
}

const draw = (more: object) => post('/images/generations', { model: GEMINI, prompt: 'A mug', ...more })
const edited = (): FormData => {
  const filled = new FormData()
  for (const [name, value] of Object.entries({
    model: `google/${GEMINI}`,
    prompt: 'x',
    response_format: 'b64_json'
  }))
    filled.append(name, value)
  filled.append('image', new Blob([PNG]), 'a.png')
  return filled
}
const drawn = whole({
  choices: [{ message: { role: 'assistant', content: '![image](BASE/drawn.png)' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2520, total_tokens: 2523 }
})
const gptImage = (more: object) =>
  post('/images/generations', { model: 'gpt-image-2', prompt: 'A mug', ...more })
const byUrl = (path = '/made.png') =>
  whole({ created: 1, extra: 'LONG', data: [{ url: `BASE${path}` }, { b64_json: 'AA' }] })

/** Where the digits of a long number must be there still: where the relay is asked, or where the program is told. */
type Kept = 'asked' | 'told'

/** Each call, what the relay answers it with, and where a long number is kept of those that are written by a program. */
const calls: readonly [name: string, ask: Ask, answer: Answer, ...kept: Kept[]][] = [
  ['a chat by the listed name', chat(MODEL), completion, 'told'],
  ['a chat by a dated and prefixed name', chat(dated), completion, 'told'],
  [
    'a chat by a dotted name, with a long number',
    chat('claude-sonnet-4.6', { seed: 'LONG' }),
    completion,
    'asked',
    'told'
  ],
  [
    'a chat with the result of a tool',
    chat(MODEL, { seed: 'LONG', messages: [shown] }),
    completion,
    'asked',
    'told'
  ],
  ['Messages by a dated name', post('/messages?beta=true', text), message, 'told'],
  ['Responses that are spoken', post('/responses', gptInput), response],
  ['Responses that are translated', post('/responses', input), completion],
  ['a form by a dotted name', { path: '/images/edits', body: form() }, whole({ data: [{ b64_json: 'AA' }] })],
  ['an image of a model that draws in a chat', draw({}), drawn],
  ['its bytes, by a dated name', draw({ model: `${GEMINI}-20260101`, response_format: 'b64_json' }), drawn],
  ['an option that only this model has', draw({ aspect_ratio: '16:9', image_size: '2K' }), drawn],
  ['an edit by a model that draws in a chat', { path: '/images/edits', body: edited() }, drawn],
  [
    'an edit of an image in JSON',
    { ...draw({ image: `data:image/png;base64,${PNG.toString('base64')}` }), path: '/images/edits' },
    drawn
  ],
  ['an image by URL, whose bytes are read', gptImage({}), byUrl(), 'told'],
  ['an image in a format of the relay’s own', gptImage({ response_format: 'png' }), byUrl(), 'told'],
  ['an image that the relay keeps elsewhere', gptImage({}), byUrl('/moved/made.png'), 'told'],
  ['an image by URL', gptImage({ response_format: 'url' }), byUrl(), 'told'],
  ['a chat that streams', chat(dated, { stream: true }), streamed(ended)],
  ['a stream that comes whole', chat(dated, { stream: true }), completion],
  ['Responses that are to stream and come whole', post('/responses', { ...input, stream: true }), completion]
]

/** Streams that a relay does not end. */
const cut: readonly [name: string, ask: Ask, answer: Answer][] = [
  ['a chat that is cut off', chat(dated, { stream: true }), streamed(`${begun}data: {"half`, true)],
  ['a chat that ends early', chat(MODEL, { stream: true }), streamed(begun)],
  ['Messages', post('/messages', { ...text, stream: true }), streamed(`${messageBegun}data: {"ha`, true)],
  ['Responses', post('/responses', { ...gptInput, stream: true }), streamed(responseBegun, true)]
]

describe('through the proxy and inside the process, a relay is sent the same, and answers the same', () => {
  it.each(calls)('%s', async (_, ask, answer, ...kept) => {
    const { proxied, inProcess } = await openCarriers(() => answer)
    const through = await proxied(ask)
    expect(await inProcess(ask)).toEqual(through)
    expect([through.status, through.purchases.length]).toEqual([200, 1])
    const asked = through.received.join()
    expect(asked).not.toMatch(/20260101|"claude-sonnet-4\.6|gpt-5-4|gpt-image\.2/)
    const places = { asked, told: through.body }
    for (const place of kept) expect(places[place]).toContain(LONG)
  })

  it('its key goes to the relay alone, also where an image of it is elsewhere', async () => {
    const { proxied, inProcess } = await openCarriers(() => byUrl('/moved/made.png'))
    for (const carried of [proxied, inProcess]) {
      const { received } = await carried(gptImage({}))
      const [, asked, led] = received
      expect(asked).toContain('HOST Bearer sk-relay')
      expect(led).toContain('ELSEWHERE undefined')
    }
  })

  it.each(cut)('C42: %s, which ends with an error', async (_, ask, answer) => {
    const { proxied, inProcess } = await openCarriers(() => answer)
    const through = await proxied(ask)
    expect(await inProcess(ask)).toEqual(through)
    expect(through.body).toContain('The service broke off its answer')
    expect(through.body).not.toContain('{"ha')
  })
})
