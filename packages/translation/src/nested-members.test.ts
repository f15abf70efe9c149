import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { messagesToChat } from './anthropic/message-request.js'
import { responsesToChat } from './openai/response-request.js'

const messages = (content: readonly JsonObject[], more: JsonObject = {}) =>
  messagesToChat({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content }], ...more })
const responses = (more: JsonObject) => responsesToChat({ model: 'm', input: 'x', ...more })
const inputOf = (part: JsonObject) => ({ input: [{ role: 'user', content: [part] }] })

const image = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }
const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' } }
const found = {
  ...{ type: 'search_result', source: 'https://example.com/a', title: 'Article' },
  content: [{ type: 'text', text: 'words' }]
}
const file = { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA' }
const said = [{ type: 'text', text: 'x' }]
const byCode = { name: 'rows', allowed_callers: ['code_execution_20260120'] }

describe('C23: what a block, a tool or a format asks for that no chat can say', () => {
  it.each([
    [() => messages([{ ...document, citations: { enabled: true } }]), 'citations.enabled'],
    [() => messages([{ ...found, citations: { enabled: true } }]), 'content[0].citations.enabled'],
    [
      () => messages([{ ...found, content: [{ type: 'audio' }] }]),
      'messages[0].content[0].content[0] of type'
    ],
    [
      () => messages([{ ...image, transformations: { oversized_image: 'error' } }]),
      'messages[0].content[0].transformations.oversized_image'
    ],
    [() => messages([{ ...image, transformations: { blur: 3 } }]), 'transformations.blur'],
    [() => messages(said, { tools: [{ ...byCode, input_schema: {} }] }), 'allowed_callers of rows'],
    [() => messages(said, { tools: ['rows'] }), 'tools[0] must be an object']
  ])('is refused by its name on Messages: %#', (ask, name) => {
    expect(ask).toThrow(name)
  })

  it.each([
    [() => responses(inputOf({ ...file, detail: 'low' })), 'input[0].content[0].detail'],
    [
      () => responses({ text: { format: { type: 'grammar', definition: 'a' } } }),
      'text.format of type grammar'
    ],
    [
      () => responses({ tools: [{ type: 'function', name: 'rows', allowed_callers: ['programmatic'] }] }),
      'allowed_callers of rows'
    ],
    [() => responses({ tools: [null] }), 'tools[0] must be an object'],
    [
      () => responses({ tools: [{ type: 'namespace', name: 'db', tools: ['rows'] }] }),
      'the tools of db[0] must be an object'
    ],
    [() => responses({ tool_choice: 'any' }), 'tool_choice must be auto, none or required'],
    [
      () =>
        responses({
          tools: [{ type: 'function', name: 'rows' }],
          tool_choice: { type: 'allowed_tools', mode: 'any', tools: [{ type: 'function', name: 'rows' }] }
        }),
      'tool_choice.mode must be'
    ]
  ])('C31: is refused by its name on Responses: %#', (ask, name) => {
    expect(ask).toThrow(name)
  })

  it('passes where it asks for what happens anyway', () => {
    const asked = [
      { ...document, citations: { enabled: false } },
      { ...found, citations: { enabled: false } },
      { ...image, transformations: { oversized_image: 'downsize' }, cache_control: { type: 'ephemeral' } }
    ]
    const tools = [{ name: 'rows', input_schema: {}, allowed_callers: ['direct', 'code_execution_20260120'] }]
    expect(messages(asked, { tools })).toMatchObject({ tools: [{ function: { name: 'rows' } }] })
    expect(responses(inputOf({ ...file, detail: 'auto' }))).toMatchObject({ messages: [{ role: 'user' }] })
  })
})

it('C31: what a function returns is told in words, since a chat has no other place for it', () => {
  const schema = { type: 'array' }
  const tool = { type: 'function', name: 'rows', description: 'All rows.', output_schema: schema }
  expect(responses({ tools: [tool] })).toMatchObject({
    tools: [{ function: { description: 'All rows.\n\nIt returns JSON of this schema:\n{"type":"array"}' } }]
  })
})
