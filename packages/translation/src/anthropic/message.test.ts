import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { callingCompletion, chatTool, completionOf, parameters, toolCall } from '../../test/completions.js'
import { eventsOf } from '../../test/message-events.js'
import { chatToMessage } from './message.js'
import { messagesToChat } from './message-request.js'

/** The answer of a model that wrote a message. */
function messageOf(message: JsonObject, reason?: string): JsonObject {
  return chatToMessage(completionOf(message, reason), request, { id: 'x' })
}

const request = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }

describe('a request of Messages as one of chat completions', () => {
  it('keeps what steers the answer and leaves out what steers the service', () => {
    const chat = messagesToChat({
      ...request,
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      thinking: { type: 'enabled', budget_tokens: 10 },
      metadata: { user_id: 'u' },
      stop_sequences: ['END'],
      temperature: 0.5,
      top_p: 0.9
    })
    expect(chat).toEqual({
      model: 'm',
      max_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'x' }
      ]
    })
  })

  it('keeps tools and the choice among them', () => {
    const tools = [{ name: 'weather', description: 'Tells it', input_schema: parameters }]
    const choices: [choice: JsonObject, expected: JsonObject][] = [
      [{ type: 'auto' }, { tool_choice: 'auto' }],
      [{ type: 'none' }, { tool_choice: 'none' }],
      [
        { type: 'any', disable_parallel_tool_use: true },
        { tool_choice: 'required', parallel_tool_calls: false }
      ],
      [
        { type: 'tool', name: 'weather' },
        { tool_choice: { type: 'function', function: { name: 'weather' } } }
      ]
    ]
    for (const [choice, expected] of choices) {
      const chat = messagesToChat({ ...request, tools, tool_choice: choice })
      expect(chat).toMatchObject({ tools: [chatTool], ...expected })
    }
    expect(messagesToChat({ ...request, tools: [] })).not.toHaveProperty('tools')
  })

  it('keeps images and documents, by their bytes and by their URLs', () => {
    const content = [
      { type: 'text', text: 'Where is this?' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      { type: 'image', source: { type: 'url', url: 'https://a.example/a.png' } },
      { type: 'document', source: { type: 'text', data: 'a text' } },
      {
        type: 'document',
        title: 'a.pdf',
        source: { type: 'base64', media_type: 'application/pdf', data: 'BB' }
      }
    ]
    const { messages } = messagesToChat({ ...request, messages: [{ role: 'user', content }] })
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Where is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          { type: 'image_url', image_url: { url: 'https://a.example/a.png' } },
          { type: 'text', text: 'a text' },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,BB' } }
        ]
      }
    ])
  })

  it('writes calls of tools and their results as messages of their own', () => {
    const { messages } = messagesToChat({
      ...request,
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 's' },
            { type: 'redacted_thinking', data: 'x' },
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
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_3', name: 'weather' }] }
      ]
    })
    expect(messages).toEqual([
      {
        role: 'assistant',
        content: 'Let me look.',
        reasoning_content: 'hm',
        tool_calls: [toolCall]
      },
      { role: 'tool', tool_call_id: 'call_1', content: '12 °C' },
      { role: 'tool', tool_call_id: 'call_2', content: 'Error: broken' },
      { role: 'user', content: [{ type: 'text', text: 'So?' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_3', type: 'function', function: { name: 'weather', arguments: '{}' } }]
      }
    ])
  })

  it('rejects by its name what has no counterpart', () => {
    const wrong: [members: JsonObject, name: RegExp][] = [
      [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, /web_search_20250305/],
      [{ messages: [{ role: 'user', content: [{ type: 'container_upload' }] }] }, /container_upload/],
      [{ messages: [{ role: 'assistant', content: [{ type: 'server_tool_use' }] }] }, /server_tool_use/],
      [{ max_tokens: null }, /max_tokens/]
    ]
    for (const [members, name] of wrong) {
      expect(() => messagesToChat({ ...request, ...members })).toThrow(name)
      expect(() => messagesToChat({ ...request, ...members })).toThrow(/Nothing was paid$/)
    }
  })
})

describe('a chat completion as an answer of Messages', () => {
  it('has blocks of text and of tools, and counts what was read from a cache apart', () => {
    expect(chatToMessage(callingCompletion, request, { id: 'x' })).toEqual({
      id: 'msg_x',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } }
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: {
        input_tokens: 6,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 4,
        output_tokens: 5
      }
    })
  })

  it('says why it ended', () => {
    const reasons = { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal', new: 'end_turn' }
    for (const [reason, expected] of Object.entries(reasons))
      expect(messageOf({ content: 'x' }, reason).stop_reason).toBe(expected)
  })

  it('is a stream of the same content', () => {
    const events = eventsOf(chatToMessage(callingCompletion, request, { id: 'x' }))
    expect(events.map(({ type }) => type)).toEqual([
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
    expect(events[2]).toEqual({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: 'Let me look.' }
    })
    expect(events[5]).toEqual({
      type: 'content_block_delta',
      index: 1,
      delta: { type: 'input_json_delta', partial_json: '{"city":"Oslo"}' }
    })
    expect(events[7]).toMatchObject({ delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } })
  })
})
