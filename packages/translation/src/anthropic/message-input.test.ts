import type { JsonObject, JsonValue } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { messagesToChat } from './message-request.js'
import { readMessageTools } from './message-tools.js'

const request: JsonObject = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }
const text = (words: string) => ({ type: 'text', text: words })
const png = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }
const shown = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
const resultOf = (id: string, content?: JsonValue) => ({
  type: 'tool_result',
  tool_use_id: id,
  ...(content === undefined ? {} : { content })
})
const chatOf = (...content: JsonValue[]) =>
  messagesToChat({ ...request, messages: [{ role: 'user', content }] }).messages

describe('C18: a result of a tool', () => {
  it('C18: has its text tied to its call, and its picture shown behind all results of the turn', () => {
    expect(chatOf(resultOf('call_1', [text('a plot'), png]), resultOf('call_2', 'plain'))).toEqual([
      { role: 'tool', tool_call_id: 'call_1', content: 'a plot' },
      { role: 'tool', tool_call_id: 'call_2', content: 'plain' },
      { role: 'user', content: [text('From the tool call call_1:'), shown] }
    ])
  })

  it('C18: may be a picture alone, several texts, or nothing', () => {
    expect(chatOf(resultOf('call_1', [png]))).toMatchObject([
      { role: 'tool', tool_call_id: 'call_1', content: expect.stringMatching(/./) },
      { role: 'user', content: [{}, shown] }
    ])
    expect(chatOf(resultOf('call_1', [text('a'), text('b')]))).toMatchObject([{ content: 'a\n\nb' }])
    expect(chatOf(resultOf('call_1'))).toMatchObject([{ role: 'tool', content: '' }])
    const failed = { ...resultOf('call_1', [text('no such file'), png]), is_error: true }
    expect(chatOf(failed)).toMatchObject([{ content: 'Error: no such file' }, { content: [{}, shown] }])
  })

  it('tells what a search found by its title and its source, in the result of a tool and beside it', () => {
    const found = {
      ...{ type: 'search_result', source: 'https://example.com/a', title: 'Article' },
      content: [{ type: 'text', text: 'It rains.' }]
    }
    const head = 'Article\nhttps://example.com/a'
    expect(chatOf(resultOf('call_1', [found]), found)).toEqual([
      { role: 'tool', tool_call_id: 'call_1', content: `${head}\n\nIt rains.` },
      {
        role: 'user',
        content: [
          { type: 'text', text: head },
          { type: 'text', text: 'It rains.' }
        ]
      }
    ])
  })

  it('C18: has a document beside it', () => {
    const source = { type: 'base64', media_type: 'application/pdf', data: 'BB' }
    expect(chatOf(resultOf('call_1', 'read'), { type: 'document', source })).toEqual([
      { role: 'tool', tool_call_id: 'call_1', content: 'read' },
      {
        role: 'user',
        content: [
          { type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,BB' } }
        ]
      }
    ])
  })
})

describe('C22, C23: what a request of Messages asks for', () => {
  const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }

  it('C22: a schema goes on as it is, by either name', () => {
    const format = { type: 'json_schema', schema }
    for (const members of [{ output_config: { format } }, { output_format: format }])
      expect(messagesToChat({ ...request, ...members }).response_format).toMatchObject({
        type: 'json_schema',
        json_schema: { schema }
      })
  })

  it('C23: effort and thinking reach a model that takes efforts, as the nearest that it takes', () => {
    const enabled = (tokens: number) => ({ thinking: { type: 'enabled', budget_tokens: tokens } })
    const cases: [model: string, members: JsonObject, expected: string | undefined][] = [
      ['grok-4-3', { output_config: { effort: 'high' }, thinking: { type: 'adaptive' } }, 'high'],
      ['grok-4-3', { output_config: { effort: 'max' } }, 'high'],
      ['grok-4-3', { thinking: { type: 'disabled' } }, 'none'],
      ['grok-4-3', enabled(1024), 'low'],
      ['grok-4-3', enabled(31_999), 'high'],
      ['grok-4-3', { thinking: { type: 'adaptive' } }, undefined],
      ['deepseek-v4-pro', { output_config: { effort: 'medium' } }, 'high'],
      ['deepseek-v4-pro', { output_config: { effort: 'max' } }, 'xhigh'],
      ['deepseek-v4-pro', { thinking: { type: 'disabled' } }, undefined],
      ['qwen3-6-flash', { output_config: { effort: 'high' }, ...enabled(9000) }, undefined]
    ]
    for (const [model, members, expected] of cases)
      expect(messagesToChat({ ...request, model, ...members }).reasoning_effort, model).toBe(expected)
  })

  it('C23: what is about the workings of the service is left out, wherever it is', () => {
    const cache_control = { type: 'ephemeral', ttl: '1h' }
    const chat = messagesToChat({
      ...request,
      system: [{ ...text('Be brief.'), cache_control }],
      messages: [{ role: 'user', content: [{ ...text('x'), cache_control }] }],
      metadata: { user_id: 'u' },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      service_tier: 'auto',
      stream: true
    })
    expect(chat).toEqual({
      model: 'm',
      max_tokens: 100,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [text('x')] }
      ]
    })
  })

  it("C22, C23: Claude Code's first turn and its request for a title are taken as they come", () => {
    const cache_control = { type: 'ephemeral' }
    const body = {
      ...request,
      system: [text('x-anthropic-billing-header: x'), { ...text('You are.'), cache_control }],
      metadata: { user_id: '{}' },
      thinking: { type: 'adaptive' },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      output_config: { effort: 'high' },
      stream: true
    }
    const tools = [{ name: 'Bash', description: 'Runs', input_schema: schema }]
    expect(messagesToChat({ ...body, tools })).toMatchObject({ tools: [{ function: { name: 'Bash' } }] })
    const title = { effort: 'high', format: { type: 'json_schema', schema } }
    expect(messagesToChat({ ...body, tools: [], output_config: title })).toMatchObject({
      response_format: { json_schema: { schema } }
    })
  })

  it('C23: what has no counterpart is refused by its name', () => {
    const asked: [members: JsonObject, name: RegExp][] = [
      [{ mcp_servers: [{ type: 'url', url: 'https://a.example', name: 'a' }] }, /mcp_servers/],
      [{ container: 'c' }, /container/],
      [{ top_k: 5 }, /top_k/],
      [{ output_config: { task_budget: { type: 'tokens', total: 5 } } }, /output_config\.task_budget/],
      [{ novelty: true }, /novelty/],
      [{ messages: [{ role: 'user', content: [{ type: 'container_upload' }] }] }, /container_upload/],
      [{ messages: [{ role: 'user', content: [{ type: 'tool_reference' }] }] }, /tool_reference/],
      [{ safeguards: [{ type: 'dangerous_tool_use' }] }, /safeguards/],
      [{ system: [png] }, /system\[0\] of type image/]
    ]
    for (const [members, name] of asked)
      expect(() => messagesToChat({ ...request, ...members })).toThrow(name)
    for (const members of [{ top_k: null, container: null, mcp_servers: [] }])
      expect(messagesToChat({ ...request, ...members })).toEqual(request)
  })
})

describe('C23: tools that Anthropic defines', () => {
  const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 8 }
  const own = { name: 'weather', input_schema: { type: 'object', properties: {} } }

  it('C23: are left out where the model may choose others, and named', () => {
    const offered = { ...request, tools: [own, search] }
    expect(messagesToChat(offered).tools).toMatchObject([{ function: { name: 'weather' } }])
    expect(readMessageTools(offered).leftOut).toEqual(['web_search_20250305'])
    expect(messagesToChat({ ...offered, tool_choice: { type: 'any' } }).tool_choice).toBe('required')
  })

  it('C23: are refused by name where one is forced, or nothing else is offered', () => {
    const forced = { tools: [own, search], tool_choice: { type: 'tool', name: 'web_search' } }
    for (const members of [forced, { tools: [search] }])
      expect(() => messagesToChat({ ...request, ...members })).toThrow(/web_search_20250305/)
    const unknown = { tools: [own], tool_choice: { type: 'tool', name: 'other' } }
    expect(() => messagesToChat({ ...request, ...unknown })).toThrow(/tool_choice names other/)
  })
})

it('C33: what is malformed is refused by the name of the field, in no words of the interpreter', () => {
  const wrong: [members: JsonObject, name: RegExp][] = [
    [{ messages: 'x' }, /^messages must be a list/],
    [{ messages: {} }, /^messages must be a list/],
    [{ messages: [null] }, /^messages\[0\] must be an object/],
    [{ messages: [{ role: 'user', content: 7 }] }, /^messages\[0\]\.content must be/],
    [{ messages: [{ role: 'user', content: [7] }] }, /^messages\[0\]\.content\[0\] must be/],
    [{ messages: [{ role: 'user' }] }, /^messages\[0\]\.content must be/],
    [{ messages: [{ role: 'robot', content: 'x' }] }, /^messages\[0\]\.role must be/],
    [
      { messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      /^messages\[0\]\.content\[0\]\.text must be/
    ],
    [{ model: null }, /^model is required/],
    [{ model: '' }, /^model is required/],
    [{ max_tokens: '5' }, /^max_tokens must be a number/],
    [{ system: 7 }, /^system must be/],
    [{ tools: 'x' }, /^tools must be a list/],
    [{ tools: [{ input_schema: {} }] }, /^tools: each needs a name/],
    [{ tool_choice: 'auto' }, /^tool_choice must be an object/]
  ]
  for (const [members, name] of wrong) {
    expect(() => messagesToChat({ ...request, ...members })).toThrow(name)
    expect(() => messagesToChat({ ...request, ...members })).not.toThrow(
      /is not a function|Cannot|undefined|\[object/
    )
  }
})
