import type { JsonObject } from '@bursar/core'
import { expect, it } from 'vitest'
import { readEvents } from '../../test/message-events.js'
import { LiveMessage } from './live-message.js'

const request = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }
const chunk = (delta: JsonObject, reason: string | null = null): JsonObject => ({
  id: 'x',
  object: 'chat.completion.chunk',
  model: 'theirs',
  choices: [{ index: 0, delta, finish_reason: reason }]
})
const callDelta = (index: number, name: string | undefined, given: string): JsonObject => ({
  tool_calls: [
    {
      index,
      ...(name ? { id: `call_${index}` } : {}),
      function: { ...(name ? { name } : {}), arguments: given }
    }
  ]
})

/** The events of each chunk, and those of the end. */
function play(...chunks: JsonObject[]) {
  const live = new LiveMessage(request, { id: 'a' })
  const each = chunks.map((next) => readEvents(live.push(next)))
  const isComplete = live.isComplete
  return { each, end: readEvents(live.end()), message: live.message(), isComplete }
}

it('C19: tells thinking and text as they come, and calls once the chat has ended', () => {
  const usage = { prompt_tokens: 7, completion_tokens: 5 }
  const { each, end, message, isComplete } = play(
    chunk({ role: 'assistant', content: '' }),
    chunk({ reasoning_content: 'Hm.' }),
    chunk({ content: 'Let me ' }),
    chunk({ content: 'look.' }),
    chunk(callDelta(0, 'weather', '{"city":')),
    chunk(callDelta(0, undefined, '"Oslo"}')),
    chunk({}, 'tool_calls'),
    { ...chunk({}), choices: [], usage }
  )
  expect(each[0]).toMatchObject([{ type: 'message_start', message: { id: 'msg_a', model: 'm' } }])
  expect(each[1]).toMatchObject([
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' }
    },
    { delta: { type: 'thinking_delta', thinking: 'Hm.' } }
  ])
  expect(each[2]).toMatchObject([
    { delta: { type: 'signature_delta', signature: '' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1 },
    { index: 1, delta: { type: 'text_delta', text: 'Let me ' } }
  ])
  expect(each.slice(3)).toMatchObject([[{ delta: { text: 'look.' } }], [], [], [], []])
  expect(end).toMatchObject([
    { type: 'content_block_stop', index: 1 },
    { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 'call_0', input: {} } },
    { index: 2, delta: { type: 'input_json_delta', partial_json: '{"city":"Oslo"}' } },
    { type: 'content_block_stop', index: 2 },
    { delta: { stop_reason: 'tool_use' }, usage: { input_tokens: 7, output_tokens: 5 } },
    { type: 'message_stop' }
  ])
  expect(isComplete).toBe(true)
  expect(message).toMatchObject({
    content: [{ thinking: 'Hm.' }, { text: 'Let me look.' }, { input: { city: 'Oslo' } }]
  })
})

it('C20: leaves out a call that the stream cuts', () => {
  const { end } = play(chunk(callDelta(0, 'weather', '{"ci')), chunk({}, 'length'))
  expect(end).toMatchObject([{ delta: { stop_reason: 'max_tokens' } }, { type: 'message_stop' }])
})

it('C21, C42: tells a refusal in its words, and knows a stream that did not end', () => {
  const { each, end } = play(chunk({ refusal: 'I cannot.' }), chunk({}, 'stop'))
  expect(each[0]?.at(-1)).toMatchObject({ delta: { type: 'text_delta', text: 'I cannot.' } })
  expect(end.at(-2)).toMatchObject({ delta: { stop_reason: 'refusal' } })
  expect(play(chunk({ content: 'Half' })).isComplete).toBe(false)
})

it('says once what a service says again in a whole message at the end, and what it says there alone', () => {
  const whole = { reasoning_content: 'Hm.', content: 'Yes, both.' }
  const last = { choices: [{ index: 0, message: whole, finish_reason: 'stop' }] }
  const { each, message } = play(chunk({ reasoning_content: 'Hm.' }), chunk({ content: 'Yes, ' }), last)
  expect(each[2]).toMatchObject([{ delta: { type: 'text_delta', text: 'both.' } }])
  expect(each[2]).toHaveLength(1)
  expect(message).toMatchObject({ content: [{ thinking: 'Hm.' }, { text: 'Yes, both.' }] })
  expect(play(chunk({ content: 'Yes, both.' }), last).each[1]).toMatchObject([
    { type: 'content_block_stop' },
    { content_block: { type: 'thinking' } },
    { delta: { thinking: 'Hm.' } }
  ])
})
