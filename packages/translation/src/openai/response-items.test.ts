import type { JsonObject, JsonValue } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { completionOf, toolCall } from '../../test/completions.js'
import { asObjects } from '../json-fields.js'
import { chatToResponse } from './response.js'
import { responsesToChat } from './response-request.js'

const messagesOf = (...input: readonly JsonValue[]) =>
  asObjects(responsesToChat({ model: 'm', input }).messages)
const call = { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' }
const resultOf = (output: JsonValue) => ({ type: 'function_call_output', call_id: 'call_1', output })
const image = { type: 'input_image', image_url: 'data:image/png;base64,AA', detail: 'high' }
const shown = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA', detail: 'high' } }

describe('C25: items of the input', () => {
  it('are read with or without type, id and status, and with keys that nobody knows', () => {
    const said = { role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }
    const expected = [{ role: 'assistant', content: 'Hello' }]
    expect(messagesOf(said)).toEqual(expected)
    expect(messagesOf({ ...said, type: 'message', id: 'msg_1', status: 'completed' })).toEqual(expected)
    expect(messagesOf({ ...said, internal_chat_message_metadata_passthrough: { a: 1 } })).toEqual(expected)
    expect(messagesOf({ ...call, id: 'fc_1', status: 'completed' })).toEqual(messagesOf(call))
    expect(messagesOf({ role: 'developer', content: 'Be brief' })).toEqual([
      { role: 'system', content: 'Be brief' }
    ])
  })

  it('that a chat cannot say are refused by name', () => {
    for (const type of ['compaction_trigger', 'compaction', 'web_search_call', 'mcp_call', 'shell_call'])
      expect(() => messagesOf({ type })).toThrow(new RegExp(`${type} has no counterpart.*Nothing was paid$`))
    expect(() => messagesOf({ id: 'msg_1' })).toThrow(/input\[0\] of type item_reference/)
  })

  it('that are malformed are refused by their place', () => {
    const wrong: [item: JsonValue, words: RegExp][] = [
      [null, /^input\[0\] must be an object/],
      [{ role: 'user', content: 5 }, /^input\[0\]\.content must be a text or a list/],
      [{ role: 'user' }, /^input\[0\]\.content must be a text or a list/],
      [{ role: 'user', content: [7] }, /^input\[0\]\.content\[0\] must be an object/],
      [{ role: 'robot', content: '' }, /^input\[0\]\.role must be/],
      [resultOf(null), /^input\[0\]\.output must be/]
    ]
    for (const [item, words] of wrong) expect(() => messagesOf(item)).toThrow(words)
  })
})

describe('C26: the output of a tool', () => {
  it('that is a picture alone is a picture, tied to its call', () => {
    expect(messagesOf(call, resultOf([image]))).toEqual([
      { role: 'assistant', content: null, tool_calls: [toolCall] },
      { role: 'tool', tool_call_id: 'call_1', content: 'The result is in the next message.' },
      { role: 'user', content: [{ type: 'text', text: 'From the tool call call_1:' }, shown] }
    ])
  })

  it('that is two texts is text, and a file stays a file', () => {
    const texts = ['Took 1 s', 'Done'].map((text) => ({ type: 'input_text', text }))
    expect(messagesOf(call, resultOf(texts))[1]).toMatchObject({ content: 'Took 1 s\nDone' })
    const file = { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA' }
    expect(messagesOf(call, resultOf([file]))[2]).toMatchObject({
      content: [{}, { type: 'file', file: { filename: 'a.pdf' } }]
    })
  })
})

describe('C28: reasoning', () => {
  const thinking = { content: 'Hello', reasoning_content: 'Let me think.' }
  const answer = (request: JsonObject, message: JsonObject = thinking) =>
    asObjects(chatToResponse(completionOf(message), request, { id: 'a', createdAtSeconds: 7 }).output)
  const include = ['reasoning.encrypted_content']

  it('is an item before the message, which can be sent again where that is asked for', () => {
    expect(answer({})).toMatchObject([{ id: 'rs_a', type: 'reasoning' }, { type: 'message' }])
    expect(answer({})[0]).not.toHaveProperty('encrypted_content')
    expect(answer({ include })[0]).toMatchObject({
      summary: [{ type: 'summary_text', text: 'Let me think.' }],
      encrypted_content: expect.any(String)
    })
    expect(answer({}, { content: 'Hello', reasoning: 'Other name' })[0]).toMatchObject({ type: 'reasoning' })
  })

  it('goes back with the turn that it belongs to', () => {
    const turn = { content: null, reasoning_content: 'Let me think.', tool_calls: [toolCall] }
    const items = answer({ include }, turn)
    const user = { role: 'user', content: 'x' }
    const expected = { role: 'assistant', content: null, reasoning_content: 'Let me think.' }
    expect(messagesOf(user, ...items, resultOf('12 °C'))).toMatchObject([
      user,
      { ...expected, tool_calls: [toolCall] },
      { role: 'tool' }
    ])
    const [thought = {}, ...others] = items
    const { encrypted_content: encrypted = '' } = thought
    const kept = { type: 'reasoning', summary: [], content: null, encrypted_content: encrypted }
    expect(messagesOf(user, kept, ...others)[1]).toMatchObject(expected)
    const plain = { ...thought, encrypted_content: null }
    expect(messagesOf(user, plain, ...others)[1]).toMatchObject(expected)
  })

  it('of another service, which nobody can read, is left out; alone, it is a turn', () => {
    const foreign = { type: 'reasoning', summary: [], encrypted_content: 'gAAAA' }
    expect(messagesOf(foreign, { role: 'user', content: 'x' })).toEqual([{ role: 'user', content: 'x' }])
    const thought = { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm.' }] }
    expect(messagesOf(thought, { role: 'user', content: 'x' })).toEqual([
      { role: 'assistant', content: '', reasoning_content: 'Hm.' },
      { role: 'user', content: 'x' }
    ])
    expect(messagesOf(call, thought, { ...call, call_id: 'call_2' })).toMatchObject([
      { reasoning_content: 'Hm.', tool_calls: [{}, {}] }
    ])
  })
})
