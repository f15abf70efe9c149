import { expect, it } from 'vitest'
import { callingCompletion, completionOf, toolCall } from '../../test/completions.js'
import { anthropicModelList, openaiModelList } from '../model-list.js'
import { chatEvents } from './chat-stream.js'
import { readCompletion } from './read-completion.js'

function chunksOf(events: readonly string[]) {
  expect(events.at(-1)).toBe('data: [DONE]\n\n')
  return events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))
}

it('a chat stream brings the text in chunks, none of which cuts a character', () => {
  const text = '🙂'.repeat(301)
  const chunks = chunksOf(
    chatEvents(completionOf({ role: 'assistant', content: text }), { includeUsage: false })
  )
  const texts = chunks.map(({ choices }) => choices[0].delta.content ?? '')
  expect(texts.join('')).toBe(text)
  expect(texts.filter((each) => each !== '').length).toBeGreaterThan(2)
  for (const each of texts) expect(each.isWellFormed()).toBe(true)
  for (const chunk of chunks) expect(chunk).toMatchObject({ object: 'chat.completion.chunk', model: 'm' })
})

it('a chat stream brings every choice under its index, with the calls of tools and why it ended', () => {
  const choices = [
    { index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' },
    {
      index: 1,
      message: { role: 'assistant', content: null, tool_calls: [toolCall] },
      finish_reason: 'tool_calls'
    }
  ]
  const chunks = chunksOf(chatEvents({ ...callingCompletion, choices }, { includeUsage: false }))
  const deltas = chunks.flatMap((chunk) => chunk.choices)
  expect(deltas.find(({ delta }) => delta.tool_calls)).toMatchObject({
    index: 1,
    delta: { tool_calls: [{ index: 0, id: 'call_1' }] }
  })
  const ends = deltas.filter(({ finish_reason: reason }) => reason !== null)
  expect(ends).toMatchObject([
    { index: 0, finish_reason: 'stop' },
    { index: 1, finish_reason: 'tool_calls' }
  ])
})

it('a chat stream ends with the usage when the client asked for it, and not otherwise', () => {
  const withUsage = chunksOf(chatEvents(callingCompletion, { includeUsage: true }))
  expect(withUsage.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } })
  for (const chunk of withUsage.slice(0, -1)) expect(chunk.usage).toBeNull()
  for (const chunk of chunksOf(chatEvents(callingCompletion, { includeUsage: false })))
    expect(chunk).not.toHaveProperty('usage')
})

it('a completion is read with what is missing left empty', () => {
  expect(readCompletion({})).toEqual({
    id: 'chatcmpl',
    model: '',
    text: '',
    reasoning: '',
    refusal: '',
    annotations: [],
    toolCalls: [],
    finishReason: 'stop',
    stopText: '',
    usage: { input: 0, output: 0, cached: 0, cacheWritten: 0, reasoning: 0 }
  })
  const parts = [{ type: 'text', text: 'a' }, { type: 'image' }, { type: 'text', text: 'b' }]
  expect(readCompletion(completionOf({ content: parts })).text).toBe('ab')
})

it('models are listed as OpenAI and as Anthropic list them', () => {
  expect(openaiModelList(['a'])).toMatchObject({ object: 'list', data: [{ id: 'a', object: 'model' }] })
  expect(anthropicModelList(['a', 'b'])).toMatchObject({ has_more: false, first_id: 'a', last_id: 'b' })
  expect(anthropicModelList([])).toMatchObject({ data: [], first_id: null, last_id: null })
})
