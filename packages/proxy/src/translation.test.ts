import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { messageEvents, messageOf } from './anthropic/messages-answer.js'
import { chatOfMessages } from './anthropic/messages-request.js'
import { chatEvents } from './openai/chat-stream.js'
import { responseEvents, responseOf } from './openai/responses-answer.js'
import { chatOfResponses } from './openai/responses-request.js'

const parameters = { type: 'object', properties: { city: { type: 'string' } } }
const chatTool = { type: 'function', function: { name: 'weather', description: 'Tells it', parameters } }
const called = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }

/** What a model that calls a tool answers. No service of the local stack calls tools, so that it is written down here. */
const calling: JsonObject = {
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Let me look.', tool_calls: [called] },
      finish_reason: 'tool_calls'
    }
  ],
  usage: {
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    prompt_tokens_details: { cached_tokens: 4 }
  }
}

describe('Anthropic’s Messages', () => {
  it('are asked for as chat completions: system, pictures, tools, and what tools gave back', () => {
    const asked = {
      model: 'm',
      max_tokens: 100,
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      thinking: { type: 'enabled', budget_tokens: 10 },
      stop_sequences: ['END'],
      temperature: 0.5,
      tools: [{ name: 'weather', description: 'Tells it', input_schema: parameters }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Where is this?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'image', source: { type: 'url', url: 'https://a.example/a.png' } }
          ]
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 's' },
            { type: 'text', text: 'Let me look.' },
            { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } }
          ]
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'text', text: '12 °C' }] },
            { type: 'tool_result', tool_use_id: 'call_2', content: 'broken', is_error: true },
            { type: 'text', text: 'So?' }
          ]
        }
      ]
    }
    expect(chatOfMessages(asked)).toEqual({
      model: 'm',
      max_tokens: 100,
      temperature: 0.5,
      stop: ['END'],
      tools: [chatTool],
      tool_choice: 'required',
      parallel_tool_calls: false,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Where is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'https://a.example/a.png' } }
          ]
        },
        { role: 'assistant', content: 'Let me look.', tool_calls: [called] },
        { role: 'tool', tool_call_id: 'call_1', content: '12 °C' },
        { role: 'tool', tool_call_id: 'call_2', content: 'Error: broken' },
        { role: 'user', content: [{ type: 'text', text: 'So?' }] }
      ]
    })
  })

  it('refuse by its name what has no counterpart', () => {
    const asked = (more: JsonObject) => () =>
      chatOfMessages({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }], ...more })
    expect(asked({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] })).toThrow(
      /web_search_20250305/
    )
    expect(asked({ messages: [{ role: 'user', content: [{ type: 'search_result' }] }] })).toThrow(
      /search_result/
    )
    expect(() => chatOfMessages({ model: 'm', messages: [] })).toThrow(/max_tokens/)
  })

  it('are answered with blocks, the use of tools and what was read from a cache', () => {
    const message = messageOf(calling)
    expect(message).toMatchObject({
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } }
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 6, cache_read_input_tokens: 4, output_tokens: 5 }
    })
    const types = messageEvents(message).map((event) => /^event: (\w+)\n/.exec(event)?.[1])
    expect(types).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop'
    ])
  })
})

describe('OpenAI’s Responses', () => {
  it('are asked for as chat completions', () => {
    const asked = {
      model: 'm',
      instructions: 'Be brief.',
      max_output_tokens: 100,
      tools: [{ type: 'function', name: 'weather', description: 'Tells it', parameters, strict: null }],
      tool_choice: { type: 'function', name: 'weather' },
      text: { format: { type: 'json_schema', name: 'n', schema: parameters } },
      reasoning: { effort: 'low' },
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Oslo?' },
            { type: 'input_image', image_url: 'u' }
          ]
        },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me look.' }] },
        { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' },
        { type: 'function_call_output', call_id: 'call_1', output: '12 °C' }
      ]
    }
    expect(chatOfResponses(asked)).toEqual({
      model: 'm',
      max_tokens: 100,
      tools: [chatTool],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: parameters } },
      reasoning_effort: 'low',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Oslo?' },
            { type: 'image_url', image_url: { url: 'u' } }
          ]
        },
        { role: 'assistant', content: [{ type: 'text', text: 'Let me look.' }], tool_calls: [called] },
        { role: 'tool', tool_call_id: 'call_1', content: '12 °C' }
      ]
    })
  })

  it('refuse by its name what has no counterpart', () => {
    for (const more of [
      { previous_response_id: 'resp_1' },
      { tools: [{ type: 'web_search' }] },
      { input: [{ type: 'item_reference', id: 'x' }] },
      { input: [{ role: 'user', content: [{ type: 'input_audio' }] }] }
    ])
      expect(() => chatOfResponses({ model: 'm', input: 'x', ...more } as JsonObject)).toThrow(
        /has no counterpart.*Nothing was paid/
      )
  })

  it('are answered with messages and calls, and say where they were cut', () => {
    const response = responseOf(calling, { model: 'm', input: 'x' }, 7)
    expect(response).toMatchObject({
      status: 'completed',
      created_at: 7,
      output: [
        { type: 'message', content: [{ type: 'output_text', text: 'Let me look.' }] },
        { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' }
      ],
      usage: {
        input_tokens: 10,
        input_tokens_details: { cached_tokens: 4 },
        output_tokens: 5,
        total_tokens: 15
      }
    })
    const events = responseEvents(response).map((event) => JSON.parse(event.split('\ndata: ')[1] ?? ''))
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index))
    expect(events.at(-1)).toMatchObject({
      type: 'response.completed',
      response: { usage: { total_tokens: 15 } }
    })
    const cut = { ...calling, choices: [{ message: { content: 'Let' }, finish_reason: 'length' }] }
    expect(responseOf(cut, {}, 7)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' }
    })
  })
})

it('a chat stream has the calls of tools, each choice by its index, and never half a character', () => {
  const text = '🙂'.repeat(301)
  const choices = [
    { index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' },
    {
      index: 1,
      message: { role: 'assistant', content: null, tool_calls: [called] },
      finish_reason: 'tool_calls'
    }
  ]
  const events = chatEvents({ ...calling, choices }, true)
  expect(events.at(-1)).toBe('data: [DONE]\n\n')
  const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))
  const deltas = chunks.flatMap((chunk) => chunk.choices)
  const said = deltas.filter(({ index }) => index === 0).map(({ delta }) => delta.content ?? '')
  expect(said.join('')).toBe(text)
  for (const piece of said) expect(piece.isWellFormed()).toBe(true)
  expect(deltas.find(({ delta }) => delta.tool_calls)).toMatchObject({
    index: 1,
    delta: { tool_calls: [{ index: 0, id: 'call_1' }] }
  })
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } })
})
