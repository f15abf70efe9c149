import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { asObject, asObjects } from '../json-fields.js'
import { messagesToChat } from './message-request.js'

const request: JsonObject = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'x' }] }

describe('C23: tools that are deferred, as Claude Code 2.1.332 offers them', () => {
  const offered = (...names: string[]) =>
    names.map((name) => ({
      name,
      input_schema: { type: 'object', properties: {} },
      ...(name === 'Bash' ? {} : { defer_loading: true })
    }))
  const found = {
    type: 'tool_result',
    tool_use_id: 'a',
    content: [{ type: 'tool_reference', tool_name: 'WebFetch' }]
  }
  const called = { type: 'tool_use', id: 'a', name: 'ToolSearch', input: {} }
  const messages = [
    { role: 'user', content: 'Fetch it' },
    { role: 'assistant', content: [called] },
    { role: 'user', content: [found, { type: 'text', text: 'Tool loaded.' }] }
  ]
  const namesIn = (body: JsonObject) =>
    asObjects(messagesToChat({ ...request, ...body }).tools).map((tool) => asObject(tool.function).name)

  it('are offered once a result has found them, and the model is told', () => {
    const tools = offered('Bash', 'WebFetch', 'Placeholder')
    expect(namesIn({ tools })).toEqual(['Bash'])
    expect(namesIn({ tools, messages })).toEqual(['Bash', 'WebFetch'])
    expect(messagesToChat({ ...request, tools, messages }).messages).toMatchObject([
      {},
      {},
      { role: 'tool', tool_call_id: 'a', content: 'The tool WebFetch can be called from now on.' },
      { role: 'user' }
    ])
  })

  it('are all offered where the search would run at Anthropic', () => {
    const search = { type: 'tool_search_tool_bm25_20251119', name: 'tool_search_tool_bm25' }
    expect(namesIn({ tools: [...offered('Bash', 'WebFetch'), search] })).toEqual(['Bash', 'WebFetch'])
  })
})
