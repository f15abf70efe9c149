import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { codexFirstTurns } from '../../test/codex-turns.js'
import { completionOf } from '../../test/completions.js'
import { asObjects } from '../json-fields.js'
import { chatToResponse } from './response.js'
import { responsesToChat } from './response-request.js'
import { responseEvents } from './response-stream.js'

const [, turn = {}] = codexFirstTurns.find(([name]) => name === 'gpt-5.5') ?? []
/** What Codex 0.171.0 sends of a search that found a tool of an MCP server, whose schema is shortened. */
const call = {
  type: 'tool_search_call',
  id: 'tsc_1',
  call_id: 'call_1',
  status: 'completed',
  execution: 'client',
  arguments: { query: 'pay url', limit: 5 }
}
const payUrl = {
  type: 'function',
  name: 'pay_url',
  description: 'Sends a request and pays',
  strict: false,
  defer_loading: true,
  parameters: { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] }
}
const found = (tools: readonly JsonObject[]): JsonObject => ({
  type: 'tool_search_output',
  id: 'tso_1',
  call_id: 'call_1',
  status: 'completed',
  execution: 'client',
  tools
})
const bursar = { type: 'namespace', name: 'mcp__bursar', description: 'Tools of bursar', tools: [payUrl] }
const after = (...items: readonly JsonObject[]): JsonObject => ({
  ...turn,
  input: [...asObjects(turn.input), ...items]
})
const namesOf = (request: JsonObject) =>
  asObjects(responsesToChat(request).tools).map((tool) => asObjects([tool.function ?? null])[0]?.name)

/** The items of an answer, whose stream has the same. */
function answered(request: JsonObject, name: string, given: string, finishReason = 'tool_calls') {
  const toolCalls = [{ id: 'call_1', type: 'function', function: { name, arguments: given } }]
  const completion = completionOf({ content: null, tool_calls: toolCalls }, finishReason)
  const response = chatToResponse(completion, request, { id: 'a', createdAtSeconds: 7 })
  const events = responseEvents(response).map((event) => JSON.parse(event.split('\ndata: ')[1] ?? ''))
  const streamed = events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item)
  expect(streamed).toEqual(response.output)
  return asObjects(response.output)
}

describe('C24: a search for tools that the client runs', () => {
  it('is offered as a function, and its call comes back as that of a search', () => {
    expect(namesOf(turn)).toContain('tool_search')
    expect(answered(turn, 'tool_search', '{"query":"pay url","limit":5}')).toEqual([
      { ...call, id: 'tsc_a_0' }
    ])
  })

  it('offers what it found, and has calls of that come back by their namespace', () => {
    const request = after(call, found([bursar]))
    expect(namesOf(request)).toContain('mcp__bursar__pay_url')
    expect(namesOf(turn)).not.toContain('mcp__bursar__pay_url')
    expect(asObjects(responsesToChat(request).messages).slice(-2)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'tool_search', arguments: '{"query":"pay url","limit":5}' }
          }
        ]
      },
      {
        role: 'tool',
        tool_call_id: 'call_1',
        content: 'These tools can be called from now on: mcp__bursar__pay_url'
      }
    ])
    expect(answered(request, 'mcp__bursar__pay_url', '{"url":"https://a.example"}')).toMatchObject([
      { type: 'function_call', name: 'pay_url', namespace: 'mcp__bursar' }
    ])
  })

  it('that found the same again offers it once, and one that found nothing says so', () => {
    const names = namesOf(after(call, found([bursar]), call, found([bursar])))
    expect(names.filter((name) => name === 'mcp__bursar__pay_url')).toHaveLength(1)
    expect(asObjects(responsesToChat(after(call, found([]))).messages).at(-1)?.content).toBe(
      'No tool was found.'
    )
  })

  it('whose call was cut has the arguments that the model wrote, and is incomplete', () => {
    expect(answered(turn, 'tool_search', '{"query":"pa', 'length')).toMatchObject([
      { type: 'tool_search_call', status: 'incomplete', arguments: '{"query":"pa' }
    ])
  })

  it('can be alone, and be what is chosen', () => {
    const search = asObjects(turn.tools).filter(({ type }) => type === 'tool_search')
    const alone = { model: 'm', input: 'x', tools: search }
    expect(namesOf(alone)).toEqual(['tool_search'])
    const tools = [{ type: 'tool_search' }]
    const allowed = { type: 'allowed_tools', mode: 'required', tools }
    expect(responsesToChat({ ...alone, tools: [...search, payUrl], tool_choice: allowed })).toMatchObject({
      tool_choice: 'required',
      tools: [{ function: { name: 'tool_search' } }]
    })
  })
})

it('C24: a search that OpenAI runs is refused by its name, and so is what it found', () => {
  const mine = { ...payUrl, defer_loading: false }
  const request = { model: 'm', input: 'x', tools: [{ type: 'tool_search' }, mine] }
  expect(namesOf(request)).toEqual(['pay_url'])
  expect(() => responsesToChat({ ...request, tools: [{ type: 'tool_search' }] })).toThrow(/tool_search/)
  const server = { ...call, execution: 'server', call_id: null }
  expect(() => responsesToChat({ ...request, input: [server] })).toThrow(
    /input\[0\] of type tool_search_call/
  )
})
