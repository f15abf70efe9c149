import { expect, it } from 'vitest'
import { openCarriers } from './carriers.js'
import type { Answer, Ask } from './service.js'

const MODEL = 'qwen3-6-flash'
const shared = { model: MODEL, max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }], stream: true }
const post = (path: string): Ask => ({ path, body: JSON.stringify(shared) })

const chunk = (delta: object, finish_reason: string | null = null, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c', model: 'x', choices: [{ index: 0, delta, finish_reason }], ...more })}\n\n`
const call = (index: number, id: string, name: string, given: string): string =>
  chunk({
    tool_calls: [{ index, ...(id ? { id } : {}), function: { ...(name ? { name } : {}), arguments: given } }]
  })
const said = chunk({ content: 'MK-a' })
const end = (reason = 'stop'): string => chunk({}, reason)
const done = 'data: [DONE]\n\n'
const image = { type: 'image_url', image_url: { url: 'https://MK-image/' } }
const whole = {
  id: 'c',
  choices: [{ index: 0, message: { role: 'assistant', content: 'MK-a' }, finish_reason: 'stop' }]
}

/** How services stream a chat, in which everything that a program has to be told begins with `MK`. */
const streams: readonly [name: string, stream: string][] = [
  ['ends of lines as Windows has them', `${said}${end()}${done}`.replaceAll('\n', '\r\n')],
  [
    'comments, and events of other kinds',
    `: x\n\n${said}event: other\ndata: {"a":1}\n\ndata: words\n\n${end()}${done}`
  ],
  [
    'a thought and words in one piece',
    chunk({ reasoning_content: 'MK-thought', content: 'MK-a' }) + end() + done
  ],
  ['a thought in details', chunk({ reasoning_details: [{ text: 'MK-thought' }] }) + said + end() + done],
  ['a refusal', chunk({ refusal: 'MK-refusal' }) + end() + done],
  ['parts', chunk({ content: [{ type: 'text', text: 'MK-a' }, image] }) + end() + done],
  ['an image', chunk({ content: 'MK-a', images: [image] }) + end() + done],
  [
    'sources of the whole text',
    chunk({ content: 'MK-a' }, null, { citations: ['https://MK-url'] }) + end() + done
  ],
  [
    'calls whose pieces alternate',
    call(0, 'a', 'MK-f', '{"x":') +
      call(1, 'b', 'MK-g', '{"y":"MK-y"}') +
      call(0, '', '', '"MK-x"}') +
      end('tool_calls') +
      done
  ],
  [
    'calls that are not counted',
    call(0, 'a', 'MK-f', '{}') + call(0, 'b', 'MK-g', '{"y":"MK-y"}') + end('tool_calls') + done
  ],
  [
    'a call whose pieces have ids of their own',
    call(0, 'a', 'MK-f', '{"y":') + call(0, 'b', '', '"MK-y"}') + end('tool_calls') + done
  ],
  ['the whole message at last', `data: ${JSON.stringify(whole)}\n\n${done}`],
  ['done without a reason', said + done],
  ['an error that is a text', `${said}data: {"error":"MK-error"}\n\n`]
]

it.each(streams)('C9, C42: %s is told by both carriers, of chats and of Messages', async (_, stream) => {
  const answer: Answer = { headers: { 'content-type': 'text/event-stream' }, body: stream }
  const { proxied, inProcess } = await openCarriers(() => answer, 'venice')
  for (const ask of ['/chat/completions', '/messages'].map(post)) {
    const through = await proxied(ask)
    expect(await inProcess(ask)).toMatchObject({ status: 200, body: through.body })
    expect((stream.match(/MK-\w+/g) ?? []).filter((words) => !through.body.includes(words))).toEqual([])
    expect(through.body).toMatch(/"(?:finish_reason|stop_reason)":"|"error":/)
    expect(through.body).not.toContain('"y":"MK-y"}{')
  }
})

it('C42: a stream that is done before it has begun ends with an error', async () => {
  const answer: Answer = { headers: { 'content-type': 'text/event-stream' }, body: done }
  const { proxied, inProcess } = await openCarriers(() => answer, 'venice')
  for (const ask of ['/chat/completions', '/messages'].map(post))
    for (const { body } of [await proxied(ask), await inProcess(ask)]) expect(body).toContain('broke off')
})
