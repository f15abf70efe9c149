import { describe, expect, it } from 'vitest'
import { chat, input, MODEL, message, messages, post } from './asks.js'
import { openCarriers } from './carriers.js'
import { type Answer, type Ask, PNG } from './service.js'

const image = (more: object = {}) => post('/images/generations', { model: 'gen', prompt: 'A mug', ...more })
const video = (more: object = {}) => post('/videos', { model: 'ltx-2-3', prompt: 'A wave', ...more })

const completion = {
  ...{ id: 'c', object: 'chat.completion', created: 1, model: MODEL },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
}
const asset = { kind: 'image', url: 'BASE/made.png', mime_type: 'image/png' }
const job = {
  request_id: 'job_1',
  status: 'completed',
  created_at: '2026-05-13T13:00:00Z',
  responses: [{ job_id: 'item_1', status: 'completed', output_assets: [asset] }]
}

/** Katana, whose texts a balance pays and whose jobs are paid by x402. */
function katana({ path }: Ask): Answer {
  if (path.endsWith('/chat/completions')) return { body: JSON.stringify(completion) }
  return { isPaid: true, body: JSON.stringify(job) }
}

const edit = (): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ model: 'nano-banana-2', prompt: 'x', size: '1024x1024' }))
    form.append(name, value)
  form.append('image[]', new Blob([PNG]), 'a.png')
  return form
}

const answered: readonly [name: string, ask: Ask][] = [
  ['a chat', chat()],
  ['a chat by a dated name', chat({ model: `alibaba/${MODEL}-20260101` })],
  ['a chat that is to stream', chat({ stream: true, stream_options: { include_usage: true } })],
  ['Messages', message()],
  ['Messages that are to stream', message({ stream: true })],
  [
    'Messages with a tool that is left out',
    message({
      tools: [
        { type: 'web_search_20250305', name: 'web' },
        { name: 'f', input_schema: { type: 'object' } }
      ]
    })
  ],
  ['Responses', input()],
  ['Responses that are to stream', input({ stream: true })],
  ['an image by URL', image()],
  ['the bytes of an image', image({ response_format: 'b64_json', output_format: 'webp' })],
  ['two images', image({ n: 2 })],
  ['an edit', { path: '/images/edits', body: edit() }],
  ['a video', video()]
]

const refused: readonly [name: string, ask: Ask][] = [
  ['more tokens than the model writes', chat({ max_tokens: 10_000_000 })],
  ['a field that is nearly another', chat({ max_token: 9 })],
  [
    'an image that is none',
    chat({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] })
  ],
  ['more tokens in Messages', message({ max_tokens: 10_000_000 })],
  ['more tokens in Responses', input({ max_output_tokens: 10_000_000 })],
  ['top_k', message({ top_k: 5 })],
  ['a model of images that is not there', image({ model: 'genn' })],
  ['a mask', image({ mask: 'x', quality: 'high' })],
  ['a video of a length that there is not', video({ seconds: '4000' })],
  ['a first frame that is none', video({ input_reference: 'x' })]
]

/** Of a 64-bit integer, which a double does not hold. */
const LONG = '{"id":9007199254740993}'
const called: Answer = {
  body: JSON.stringify({
    ...completion,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'find', arguments: LONG } }]
        },
        finish_reason: 'tool_calls'
      }
    ]
  })
}
const history = (more: object): Ask => {
  const use = { type: 'tool_use', id: 'c', name: 'find', input: 'LONG' }
  const result = { type: 'tool_result', tool_use_id: 'c', content: 'yes' }
  const turns = [...messages, { role: 'assistant', content: [use] }, { role: 'user', content: [result] }]
  const { path, body } = message({ messages: turns, ...more })
  return { path, body: String(body).replace('"LONG"', LONG) }
}

describe('through the proxy and inside the process, Katana is sent the same, and answers the same', () => {
  it.each(answered)('%s, and what it cost', async (_, ask) => {
    const { proxied, inProcess } = await openCarriers(katana, 'katana')
    const through = await proxied(ask)
    expect(await inProcess(ask)).toEqual(through)
    expect([through.status, through.purchases.length]).toEqual([200, 1])
    const isJob = /images|videos/.test(ask.path)
    expect(through.headers).toContain(`"x-bursar-paid-from","${isJob ? 'payment' : 'balance'}"`)
  })

  it('an answer that was lost is told by the same status, and costs what it did when it is had again', async () => {
    let isLost = true
    const { proxied, inProcess } = await openCarriers((ask) => ({ ...katana(ask), isLost }), 'katana')
    const lose = async (carry: typeof proxied): Promise<unknown[]> => {
      isLost = true
      const { status, body } = await carry(image())
      isLost = false
      const { headers, purchases } = await carry(image())
      return [status, JSON.parse(body).error.code, headers, purchases]
    }
    const through = await lose(proxied)
    expect(await lose(inProcess)).toEqual(through)
    expect(through).toMatchObject([
      502,
      'payment/outcome-unknown',
      expect.stringContaining('"x-bursar-cost","0.03"'),
      ['gen settled answered 30000']
    ])
  })

  it.each([{}, { stream: true }])(
    'every digit of what a tool was called with, there and back (%o)',
    async (more) => {
      const { proxied, inProcess } = await openCarriers(() => called, 'katana')
      const through = await proxied(history(more))
      expect(await inProcess(history(more))).toEqual(through)
      expect(through.received.join()).toContain(JSON.stringify(LONG))
      expect(through.body).toContain('stream' in more ? JSON.stringify(LONG) : `"input":${LONG}`)
    }
  )

  it.each(refused)('%s is refused in the same words, and nothing is paid', async (_, ask) => {
    const { proxied, inProcess } = await openCarriers(katana, 'katana')
    const [through, within] = [await proxied(ask), await inProcess(ask)]
    const told = ({ status, body, received, purchases }: typeof through) => ({
      status,
      message: JSON.parse(body).error.message.replace(/, and --model .*$/, ''),
      received,
      purchases
    })
    expect(told(within)).toEqual(told(through))
    expect([through.received, through.purchases]).toEqual([[], []])
  })
})
