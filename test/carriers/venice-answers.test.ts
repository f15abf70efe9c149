import { describe, expect, it } from 'vitest'
import { chat, input, MODEL, message, post } from './asks.js'
import { openCarriers } from './carriers.js'
import { type Answer, type Ask, PNG } from './service.js'

const image = (more: object = {}) =>
  post('/images/generations', { model: 'qwen-image', prompt: 'A mug', ...more })
const edit = post('/images/edits', {
  model: 'qwen-image',
  prompt: 'x',
  image: `data:image/png;base64,${PNG.toString('base64')}`
})

const completion = {
  ...{ id: 'c', object: 'chat.completion', created: 1, model: MODEL },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
}
const chunk = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', model: MODEL, choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const stream = `${chunk({ content: 'Hel' })}${chunk({ content: 'lo' })}${chunk({}, 'stop')}data: [DONE]\n\n`

/** Venice, which streams where it is asked to. */
function venice({ path, body }: Ask): Answer {
  if (path.includes('/images/')) return { body: JSON.stringify({ created: 1, data: [{ b64_json: 'AA' }] }) }
  const isStream = JSON.parse(String(body)).stream === true
  return isStream
    ? { headers: { 'content-type': 'text/event-stream' }, body: stream }
    : { body: JSON.stringify(completion) }
}

const answered: readonly [name: string, ask: Ask][] = [
  ['a chat', chat({ venice_parameters: { include_venice_system_prompt: false } })],
  ['a chat by a dated name', chat({ model: `${MODEL}-20260101` })],
  ['a chat that streams', chat({ stream: true })],
  ['Messages', message()],
  ['Messages that stream', message({ stream: true })],
  ['Responses', input()],
  ['Responses that are to stream', input({ stream: true })],
  ['an image', image({ response_format: 'b64_json' })]
]

describe('through the proxy and inside the process, Venice is sent the same, and answers the same', () => {
  it.each(answered)('%s', async (_, ask) => {
    const { proxied, inProcess } = await openCarriers(venice, 'venice')
    const through = await proxied(ask)
    expect(await inProcess(ask)).toEqual(through)
    expect([through.status, through.received.length]).toEqual([200, 1])
    expect(through.body).toMatch(/Hello|Hel"[\s\S]*"lo"|AA/)
  })

  it.each([
    ['an image to be edited, which it would not look at', edit],
    ['top_k', message({ top_k: 5 })],
    ['a conversation', input({ conversation: 'conv_1' })]
  ])('%s is refused in the same words, and nothing is asked', async (_, ask) => {
    const { proxied, inProcess } = await openCarriers(venice, 'venice')
    const [through, within] = [await proxied(ask), await inProcess(ask)]
    const told = ({ status, body }: typeof through) => [status, JSON.parse(body).error.message]
    expect(told(within)).toEqual(told(through))
    expect([through.status, through.received, within.received]).toEqual([400, [], []])
  })

  it('says nothing of models where it is a path that is not there', async () => {
    const { proxied, inProcess } = await openCarriers(venice, 'venice')
    for (const carry of [proxied, inProcess]) {
      const { status, body } = await carry(post('/batches', { model: 'qwen3-6-flush' }))
      expect([status, JSON.parse(body).error.message]).toEqual([
        404,
        expect.not.stringMatching(/Did you mean|lists them/)
      ])
    }
  })

  it('says which model may be meant where there is none of that name', async () => {
    const refusal = { error: { message: 'no such model', code: 'model_not_found' } }
    const { proxied, inProcess } = await openCarriers(
      () => ({ status: 404, body: JSON.stringify(refusal) }),
      'venice'
    )
    for (const ask of [chat, message, input].map((make) => make({ model: 'qwen3-6-flush' }))) {
      const [through, within] = [await proxied(ask), await inProcess(ask)]
      const words = 'no such model. Did you mean qwen3-6-flash? GET /v1/models lists them'
      expect(JSON.parse(within.body).error.message).toBe(words)
      expect(JSON.parse(through.body).error.message).toContain(words)
      expect([through.status, within.status]).toEqual([404, 404])
    }
  })
})
