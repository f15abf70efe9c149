import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { completionOf, toolCall } from '../../test/completions.js'
import { eventsOf } from '../../test/message-events.js'
import { chatToMessage } from './message.js'
import { messagesToChat } from './message-request.js'

const request = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }
const callOf = (id: string, given: string) => ({
  id,
  type: 'function',
  function: { name: 'weather', arguments: given }
})

function messageOf(message: JsonObject, reason?: string): JsonObject {
  return chatToMessage(completionOf(message, reason), request, { id: 'a1' })
}

/** What a stream says of one kind of delta. */
function deltas(message: JsonObject, type: string): unknown[] {
  return eventsOf(message).flatMap(({ delta }) => (isDelta(delta) && delta.type === type ? [delta] : []))
}

function isDelta(delta: unknown): delta is { readonly type: string } {
  return typeof delta === 'object' && delta !== null && 'type' in delta
}

describe('C13: an answer of Messages', () => {
  it('C13: has the name of the model that was asked for, whatever the service calls it', () => {
    expect(messageOf({ content: 'x' })).toMatchObject({ model: 'm', id: 'msg_a1' })
    const other = chatToMessage(completionOf({ content: 'x' }), { ...request, model: 'mine' }, { id: 'a2' })
    expect(other).toMatchObject({ model: 'mine', id: 'msg_a2' })
    expect(eventsOf(other)[0]).toMatchObject({ message: { model: 'mine', id: 'msg_a2' } })
  })

  it('C9, C19: tells what the model thought before text and calls, whole and streamed', () => {
    const message = messageOf(
      { content: 'Yes.', reasoning_content: 'Let me think.', tool_calls: [toolCall] },
      'tool_calls'
    )
    expect(message.content).toEqual([
      { type: 'thinking', thinking: 'Let me think.', signature: '' },
      { type: 'text', text: 'Yes.' },
      { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } }
    ])
    expect(deltas(message, 'thinking_delta')).toEqual([{ type: 'thinking_delta', thinking: 'Let me think.' }])
    expect(deltas(message, 'signature_delta')).toEqual([{ type: 'signature_delta', signature: '' }])
    expect(messageOf({ content: null, reasoning_content: 'Hm.' }).content).toHaveLength(1)
  })

  it('C19: gives the thought back to the model with the calls that it led to', () => {
    const { content } = messageOf({ content: null, reasoning_content: 'Hm.', tool_calls: [toolCall] })
    const result = { type: 'tool_result', tool_use_id: 'call_1', content: '12' }
    const history = [
      ...request.messages,
      { role: 'assistant', content: content ?? null },
      { role: 'user', content: [result] }
    ]
    expect(messagesToChat({ ...request, messages: history })).toMatchObject({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: null, reasoning_content: 'Hm.', tool_calls: [toolCall] },
        { role: 'tool', tool_call_id: 'call_1', content: '12' }
      ]
    })
  })

  it('C20: leaves out a call that was cut, and keeps the whole ones before it', () => {
    const cut = messageOf({ content: 'x', tool_calls: [toolCall, callOf('call_2', '{"city":')] }, 'length')
    expect(cut).toMatchObject({
      stop_reason: 'max_tokens',
      content: [{ type: 'text' }, { type: 'tool_use', id: 'call_1' }]
    })
    expect(deltas(cut, 'input_json_delta')).toHaveLength(1)
    const atOnce = messageOf({ content: null, tool_calls: [callOf('call_1', '')] }, 'length')
    expect(atOnce).toMatchObject({ stop_reason: 'max_tokens', content: [] })
  })

  it('C20: keeps arguments that are no JSON object, where the client can show them to the model', () => {
    for (const raw of ['{"city":', '[]', '7']) {
      const message = messageOf({ content: null, tool_calls: [callOf('call_1', raw)] }, 'tool_calls')
      expect(message.content).toMatchObject([{ input: { __unparsedToolInput: { raw, len: raw.length } } }])
      expect(deltas(message, 'input_json_delta')).toEqual([{ type: 'input_json_delta', partial_json: raw }])
    }
    const none = messageOf({ content: null, tool_calls: [callOf('call_1', '')] }, 'tool_calls')
    expect(none.content).toMatchObject([{ input: {} }])
  })

  it('C21: tells a refusal in its words, whole and streamed', () => {
    const refused = messageOf({ content: null, refusal: 'I cannot.' })
    expect(refused).toMatchObject({ stop_reason: 'refusal', content: [{ type: 'text', text: 'I cannot.' }] })
    expect(deltas(refused, 'text_delta')).toEqual([{ type: 'text_delta', text: 'I cannot.' }])
    expect(eventsOf(refused).at(-2)).toMatchObject({ delta: { stop_reason: 'refusal' } })
    expect(messageOf({ content: 'Part' }, 'content_filter').stop_reason).toBe('refusal')
  })

  it('cites the sources of a text, and names a call that the service did not', () => {
    const annotation = {
      type: 'url_citation',
      url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 4 }
    }
    const cited = messageOf({ content: 'Oslo is it.', annotations: [annotation] })
    expect(cited.content).toMatchObject([
      { citations: [{ url: 'https://a.example', title: 'A', cited_text: 'Oslo' }] }
    ])
    expect(deltas(cited, 'citations_delta')).toHaveLength(1)
    const unnamed = messageOf({ content: null, tool_calls: [callOf('', '{}')] })
    expect(unnamed.content).toMatchObject([{ id: 'toolu_a1_0' }])
  })
})
