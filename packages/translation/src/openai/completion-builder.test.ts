import { parseJsonObject } from '@bursar/core'
import { expect, it } from 'vitest'
import { completionOf, toolCall } from '../../test/completions.js'
import { chatEvents } from './chat-stream.js'
import { CompletionBuilder } from './completion-builder.js'

/** A completion, written as a stream and put together again. */
function roundTrip(completion: Parameters<typeof chatEvents>[0]) {
  const builder = new CompletionBuilder()
  for (const event of chatEvents(completion, { includeUsage: true })) {
    const chunk = parseJsonObject(event.slice('data: '.length))
    if (chunk) builder.add(chunk)
  }
  return builder.build()
}

const tokens = (...words: string[]) =>
  words.map((token) => ({ token, logprob: -0.1, bytes: null, top_logprobs: [] }))

it.each([
  ['its reasoning', { reasoning_content: 'Hm.', content: 'Yes.' }, {}],
  [
    'its sources',
    { content: 'Yes.', annotations: [{ type: 'url_citation', url_citation: { url: 'u' } }] },
    {}
  ],
  ['calls of functions', { content: null, tool_calls: [toolCall] }, { finish_reason: 'tool_calls' }],
  [
    'calls of custom tools',
    {
      content: null,
      tool_calls: [{ id: 'call_1', type: 'custom', custom: { name: 'sql', input: 'select 1' } }]
    },
    { finish_reason: 'tool_calls' }
  ],
  ['a call in the older form', { content: '', function_call: { name: 'f', arguments: '{"a":1}' } }, {}],
  ['a refusal', { content: '', refusal: 'No.' }, { finish_reason: 'content_filter' }],
  ['the odds of its tokens', { content: 'Yes.' }, { logprobs: { content: tokens('Y', 'es.') } }]
])('a completion is the same with %s after it was a stream', (_, message, more) => {
  const completion = completionOf({ role: 'assistant', ...message })
  const [choice] = Array.isArray(completion.choices) ? completion.choices : []
  const given = { ...completion, choices: [{ ...Object(choice), ...more }] }
  expect(roundTrip(given)).toEqual(given)
})

it('C32: text that comes as a list of parts is streamed as text', () => {
  const parts = [
    { type: 'text', text: 'Yes' },
    { type: 'text', text: ', both.' }
  ]
  expect(roundTrip(completionOf({ role: 'assistant', content: parts }))).toMatchObject({
    choices: [{ message: { content: 'Yes, both.' } }]
  })
})

it('takes the whole message with which a service ends a stream in place of its pieces', () => {
  const builder = new CompletionBuilder()
  const call = { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }
  builder.add({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Yes, ' } }] })
  builder.add({ choices: [{ index: 0, delta: { content: 'both.', tool_calls: [call] } }] })
  const message = { role: 'assistant', content: 'Yes, both.', tool_calls: [call] }
  builder.add({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] })
  const { index: _, ...whole } = call
  expect(builder.build()).toMatchObject({
    choices: [{ message: { content: 'Yes, both.', tool_calls: [whole] }, finish_reason: 'tool_calls' }]
  })
})

it('goes on with what comes in pieces, and takes the last of what is said again', () => {
  const builder = new CompletionBuilder()
  const say = (delta: object, more: object = {}) =>
    builder.add({ id: 'c', choices: [{ index: 0, delta, finish_reason: null, ...more }] } as never)
  say(
    { role: 'assistant', function_call: { name: 'f', arguments: '{"a"' } },
    { logprobs: { content: tokens('a') } }
  )
  say(
    { function_call: { arguments: ':1}' } },
    { logprobs: { content: tokens('b') }, filter: { severity: 'safe' } }
  )
  say({}, { finish_reason: 'function_call', filter: { severity: 'safe' } })
  expect(builder.build().choices).toEqual([
    {
      index: 0,
      message: { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
      finish_reason: 'function_call',
      logprobs: { content: tokens('a', 'b') },
      filter: { severity: 'safe' }
    }
  ])
})
