import { chatStreamFormat, messageStreamFormat, responseStreamFormat } from '@bursar/translation'
import { expect, it } from 'vitest'
import { eventsOf, wholeOfStream } from './whole-of-stream.js'

const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }
const annotations = [{ type: 'url_citation', url_citation: { url: 'https://example.com' } }]
const said = { content: 'Let me look, ä.', reasoning_content: 'Hm.', annotations }
const choice = {
  index: 0,
  message: { role: 'assistant', ...said, tool_calls: [call] },
  logprobs: { content: [{ token: 'L', logprob: -1 }] },
  finish_reason: 'tool_calls'
}
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
const chat = { id: 'x', object: 'chat.completion', created: 1, model: 'm', choices: [choice], usage }

it('C3: a stream of chat completions is made whole', () => {
  const asked = { stream: true, stream_options: { include_usage: true } }
  const whole = wholeOfStream(eventsOf(chatStreamFormat.events(chat, asked).join('')))
  expect(whole).toMatchObject({ id: 'x', object: 'chat.completion', model: 'm', usage, choices: [choice] })
})

it('C3: a stream of Messages is made whole', () => {
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [
      { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
      { type: 'text', text: 'Let me look.', citations: [{ type: 'web_search_result_location', url: 'u' }] },
      { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } }
    ],
    stop_reason: 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 5 }
  }
  expect(wholeOfStream(eventsOf(messageStreamFormat.events(message, {}).join('')))).toMatchObject(message)
})

it('C3: a stream of Responses is made whole, and one that broke off is not', () => {
  const output = [{ id: 'msg_a', type: 'message', content: [{ type: 'output_text', text: 'Hello' }] }]
  const response = { id: 'resp_a', status: 'completed', output }
  const events = responseStreamFormat.events(response, {})
  expect(wholeOfStream(eventsOf(events.join('')))).toMatchObject(response)
  expect(wholeOfStream(eventsOf(events.slice(0, -1).join('')))).toBeUndefined()
  expect(wholeOfStream(eventsOf(chatStreamFormat.events(chat, {}).slice(0, 2).join('')))).toBeUndefined()
})
