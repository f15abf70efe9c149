import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { callingCompletion, chatTool, completionOf, parameters, toolCall } from '../../test/completions.js'
import { chatToResponse } from './response.js'
import { responsesToChat } from './response-request.js'
import { responseEvents } from './response-stream.js'

const details = { id: 'x', createdAtSeconds: 7 }

describe('a request of Responses as one of chat completions', () => {
  it('keeps what steers the answer', () => {
    const request = {
      model: 'm',
      instructions: 'Be brief.',
      input: 'x',
      max_output_tokens: 100,
      temperature: 0.5,
      tools: [{ type: 'function', name: 'weather', description: 'Tells it', parameters, strict: null }],
      tool_choice: { type: 'function', name: 'weather' },
      text: { format: { type: 'json_schema', name: 'n', schema: parameters } },
      reasoning: { effort: 'low' }
    }
    expect(responsesToChat(request)).toEqual({
      model: 'm',
      max_tokens: 100,
      temperature: 0.5,
      tools: [chatTool],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: parameters } },
      reasoning_effort: 'low',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'x' }
      ]
    })
  })

  it('leaves out what says nothing', () => {
    const request = { model: 'm', input: 'x', tools: [], text: { format: { type: 'text' } }, store: false }
    expect(responsesToChat({ ...request, max_output_tokens: null, previous_response_id: null })).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'x' }]
    })
    expect(responsesToChat({ ...request, text: { format: { type: 'json_object' } } })).toMatchObject({
      response_format: { type: 'json_object' }
    })
    expect(responsesToChat({ ...request, tool_choice: 'required' })).toMatchObject({
      tool_choice: 'required'
    })
  })

  it('writes items of the input as messages, and the calls of one turn as one message', () => {
    const second = { ...toolCall, id: 'call_2' }
    const call = { type: 'function_call', name: 'weather', arguments: '{"city":"Oslo"}' }
    const input = [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Oslo?' },
          { type: 'input_image', image_url: 'u', detail: 'low' },
          { type: 'input_file', file_data: 'data:application/pdf;base64,AA', filename: 'a.pdf' }
        ]
      },
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'Let me look.' },
          { type: 'refusal', refusal: 'No.' }
        ]
      },
      { ...call, call_id: 'call_1' },
      { ...call, call_id: 'call_2' },
      { type: 'function_call_output', call_id: 'call_1', output: '12 °C' },
      { type: 'function_call_output', call_id: 'call_2', output: [{ type: 'input_text', text: 'x' }] }
    ]
    expect(responsesToChat({ model: 'm', input }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Oslo?' },
          { type: 'image_url', image_url: { url: 'u', detail: 'low' } },
          { type: 'file', file: { file_data: 'data:application/pdf;base64,AA', filename: 'a.pdf' } }
        ]
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me look.' },
          { type: 'text', text: 'No.' }
        ],
        tool_calls: [toolCall, second]
      },
      { role: 'tool', tool_call_id: 'call_1', content: '12 °C' },
      { role: 'tool', tool_call_id: 'call_2', content: 'x' }
    ])
  })

  it('rejects by its name what has no counterpart', () => {
    const wrong: [members: JsonObject, name: RegExp][] = [
      [{ previous_response_id: 'resp_1' }, /previous_response_id/],
      [{ conversation: 'c' }, /conversation/],
      [{ background: true }, /background/],
      [{ tools: [{ type: 'web_search' }] }, /web_search/],
      [{ input: [{ type: 'item_reference', id: 'x' }] }, /item_reference/],
      [{ input: [{ role: 'user', content: [{ type: 'input_audio' }] }] }, /input_audio/],
      [{ input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] }, /input_image/]
    ]
    for (const [members, name] of wrong) {
      expect(() => responsesToChat({ model: 'm', input: 'x', ...members })).toThrow(name)
      expect(() => responsesToChat({ model: 'm', input: 'x', ...members })).toThrow(
        /has no counterpart.*Nothing was paid$/
      )
    }
  })
})

describe('a chat completion as an answer of Responses', () => {
  it('has messages and calls, and repeats the request', () => {
    const request = { model: 'm', input: 'x', instructions: 'Be brief.', metadata: { a: 'b' } }
    expect(chatToResponse(callingCompletion, request, details)).toMatchObject({
      id: 'resp_x',
      status: 'completed',
      created_at: 7,
      instructions: 'Be brief.',
      metadata: { a: 'b' },
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
  })

  it('says that it was cut off', () => {
    expect(chatToResponse(completionOf({ content: 'Let' }, 'length'), {}, details)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' }
    })
  })

  it('has a message without text when the model said nothing, and none when it only called a tool', () => {
    const typesOf = (message: JsonObject): unknown => {
      const { output } = chatToResponse(completionOf(message), {}, details)
      return Array.isArray(output) && output.map(({ type }) => type)
    }
    expect(typesOf({ content: '' })).toEqual(['message'])
    expect(typesOf({ content: null, tool_calls: [toolCall] })).toEqual(['function_call'])
  })

  it('is a stream of the same content, numbered', () => {
    const response = chatToResponse(callingCompletion, { model: 'm', input: 'x' }, details)
    const events = responseEvents(response).map((event) => JSON.parse(event.split('\ndata: ')[1] ?? ''))
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index))
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed'
    ])
    expect(events[4]).toMatchObject({ item_id: 'msg_x', delta: 'Let me look.' })
    expect(events[10]).toMatchObject({ name: 'weather', arguments: '{"city":"Oslo"}' })
    expect(events.at(-1)).toMatchObject({ response: { usage: { total_tokens: 15 } } })
    const cut = chatToResponse(completionOf({ content: 'Let' }, 'length'), {}, details)
    expect(responseEvents(cut).at(-1)).toMatch(/^event: response\.incomplete\n/)
  })
})
