import { describe, expect, it } from 'vitest'
import { MODEL as KNOWN } from './asks.js'
import { type Answer, type Ask, GPT, MODEL, openCarriers } from './carriers.js'

const messages = [{ role: 'user', content: 'Hi' }]
const ask = (path: string, body: object): Ask => ({
  path,
  body: JSON.stringify({ stream: true, ...body })
})
const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`
const leftOpen = (body: string): Answer => ({
  headers: { 'content-type': 'text/event-stream' },
  body,
  isLeftOpen: true
})

const chat = leftOpen(
  event({ id: 'c', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] }) +
    event({
      id: 'c',
      choices: [],
      usage: { prompt_tokens: 1000, completion_tokens: 2, total_tokens: 1002 }
    }) +
    'data: [DONE]\n\n'
)
const message = leftOpen(
  event({ type: 'message_start', message: { id: 'm', usage: { input_tokens: 1000, output_tokens: 0 } } }) +
    event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }) +
    event({ type: 'message_stop' })
)
const response = leftOpen(
  event({
    type: 'response.completed',
    sequence_number: 0,
    response: { id: 'r', output: [], usage: { input_tokens: 1000, output_tokens: 2, total_tokens: 1002 } }
  })
)

const calls: readonly [name: string, ask: Ask, answer: Answer][] = [
  ['a chat', ask('/chat/completions', { model: MODEL, max_tokens: 9, messages }), chat],
  ['Messages', ask('/messages', { model: MODEL, max_tokens: 9, messages }), message],
  ['Responses', ask('/responses', { model: GPT, max_output_tokens: 9, input: 'Hi' }), response]
]

describe('through the proxy and inside the process, a stream ends where the relay says so, though it stays connected', () => {
  it.each(calls)('%s, which cost what was used', async (_, asked, answer) => {
    const { proxied, inProcess } = await openCarriers(() => answer)
    const through = await proxied(asked)
    expect(await inProcess(asked)).toEqual(through)
    // 1000 tokens of input at $3 and 2 of output at $15 for a million.
    expect(through.purchases).toEqual([expect.stringMatching(/ settled answered 3030$/)])
  })

  it.each(calls)('%s, and an equal call after it is one of its own', async (_, asked, answer) => {
    const { proxied, inProcess } = await openCarriers(() => answer)
    for (const carried of [proxied, inProcess]) {
      await carried(asked)
      const { received, purchases } = await carried(asked)
      expect([received.length, purchases.length]).toEqual([1, 2])
    }
  })

  it('Messages that are translated', async () => {
    const { proxied, inProcess } = await openCarriers(() => chat, 'venice')
    const asked = ask('/messages', { model: KNOWN, max_tokens: 9, messages })
    const through = await proxied(asked)
    expect(through.body).toMatch(/Hi.*event: message_stop/s)
    expect(await inProcess(asked)).toMatchObject({ status: 200, body: through.body })
  })
})
