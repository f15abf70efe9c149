import { isJsonObject, type JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { codexFirstTurns } from '../../test/codex-turns.js'
import { completionOf } from '../../test/completions.js'
import { asObject, asObjects } from '../json-fields.js'
import { chatToResponse } from './response.js'
import { responsesToChat } from './response-request.js'
import { responseEvents } from './response-stream.js'

const details = { id: 'a', createdAtSeconds: 7 }
const turnOf = (name: string): JsonObject => codexFirstTurns.find(([each]) => each === name)?.[1] ?? {}
const offeredBy = (request: JsonObject) =>
  asObjects(responsesToChat(request).tools).map((tool) => asObject(tool.function))
const namesOf = (request: JsonObject) => offeredBy(request).map(({ name }) => name)

/** The items of an answer whose model calls tools. */
function answered(request: JsonObject, ...calls: readonly (readonly [name: string, given: string])[]) {
  const toolCalls = calls.map(([name, given], index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name, arguments: given }
  }))
  const completion = completionOf({ content: null, tool_calls: toolCalls }, 'tool_calls')
  const response = chatToResponse(completion, request, details)
  const events = responseEvents(response).map((event) => JSON.parse(event.split('\ndata: ')[1] ?? ''))
  const streamed = events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item)
  expect(streamed).toEqual(response.output)
  return asObjects(response.output)
}

describe('C24: the first turn of Codex', () => {
  it.each(codexFirstTurns)('passes for %s', (_, turn) => {
    const chat = responsesToChat(turn)
    expect(Object.keys(chat).sort()).toEqual(
      expect.arrayContaining(['messages', 'model', 'parallel_tool_calls', 'tool_choice', 'tools'])
    )
    for (const name of namesOf(turn)) expect(name).toMatch(/^[\w-]{1,64}$/)
    expect(asObjects(chat.messages).map(({ role }) => role)).toEqual(['system', 'user', 'user'])
    expect(JSON.stringify(chat)).not.toMatch(/web_search|namespace|client_metadata/)
  })

  it('offers functions of a namespace under names of their own, and has their calls come back as they came', () => {
    const turn = turnOf('a model that it does not know')
    expect(namesOf(turn)).toEqual([
      'exec_command',
      'write_stdin',
      'view_image',
      'multi_agent_v1__close_agent',
      'multi_agent_v1__spawn_agent'
    ])
    expect(offeredBy(turn)[3]?.description).toBe('Tools for agents\n\nDoes close_agent')
    expect(answered(turn, ['multi_agent_v1__spawn_agent', '{}'], ['exec_command', '{"cmd":"ls"}'])).toEqual([
      expect.objectContaining({ type: 'function_call', name: 'spawn_agent', namespace: 'multi_agent_v1' }),
      expect.not.objectContaining({ namespace: expect.anything() })
    ])
  })

  it('keeps two functions of one name apart', () => {
    const turn = turnOf('gpt-6.2-sol')
    expect(namesOf(turn)).toEqual([
      'functions__exec',
      'functions__wait',
      'clock__wait',
      'collaboration__spawn_agent'
    ])
    const items = answered(turn, ['clock__wait', '{}'], ['functions__wait', '{}'])
    expect(items).toMatchObject([
      { name: 'wait', namespace: 'clock' },
      { name: 'wait', namespace: 'functions' }
    ])
  })

  it('offers a custom tool as a function of one text, tells its grammar, and has its text come back', () => {
    const turn = turnOf('gpt-5.5')
    const offered = offeredBy(turn).find(({ name }) => name === 'apply_patch')
    expect(offered?.description).toContain('(lark):\nstart: begin_patch hunk+ end_patch')
    expect(offered?.parameters).toMatchObject({ properties: { input: { type: 'string' } } })
    expect(answered(turn, ['apply_patch', '{"input":"*** Begin"}'], ['apply_patch', '*** Begin'])).toEqual([
      {
        id: 'ctc_a_0',
        type: 'custom_tool_call',
        status: 'completed',
        call_id: 'call_0',
        name: 'apply_patch',
        input: '*** Begin'
      },
      expect.objectContaining({ type: 'custom_tool_call', input: '*** Begin' })
    ])
  })

  it('finds calls of its history under the names that are offered', () => {
    const turn = turnOf('gpt-6.2-sol')
    const history = [
      { type: 'custom_tool_call', call_id: 'a', name: 'exec', namespace: 'functions', input: 'ls' },
      { type: 'function_call', call_id: 'b', name: 'wait', namespace: 'clock', arguments: '{}' },
      { type: 'custom_tool_call_output', call_id: 'a', output: 'file' },
      { type: 'function_call_output', call_id: 'b', output: 'done' }
    ]
    const { messages } = responsesToChat({ ...turn, input: [...asObjects(turn.input), ...history] })
    expect(asObjects(messages).slice(3)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'a',
            type: 'function',
            function: { name: 'functions__exec', arguments: '{"input":"ls"}' }
          },
          { id: 'b', type: 'function', function: { name: 'clock__wait', arguments: '{}' } }
        ]
      },
      { role: 'tool', tool_call_id: 'a', content: 'file' },
      { role: 'tool', tool_call_id: 'b', content: 'done' }
    ])
  })
})

describe('C24: tools that OpenAI runs', () => {
  const search = { type: 'web_search' }
  const mine = { type: 'function', name: 'mine', parameters: {} }
  const ask = (members: JsonObject) => () => responsesToChat({ model: 'm', input: 'x', ...members })

  it('are left out where the model may choose, and refused by name where they are forced or alone', () => {
    expect(namesOf({ model: 'm', input: 'x', tools: [search, mine] })).toEqual(['mine'])
    expect(ask({ tools: [search] })).toThrow(/web_search/)
    expect(ask({ tools: [{ type: 'tool_search' }], tool_choice: 'auto' })).toThrow(/tool_search/)
    expect(ask({ tools: [search, mine], tool_choice: search })).toThrow(/web_search/)
    expect(ask({ tools: [search], tool_choice: 'none' })()).not.toHaveProperty('tools')
    const allowed = { type: 'allowed_tools', mode: 'required', tools: [search] }
    expect(ask({ tools: [search, mine], tool_choice: allowed })).toThrow(/web_search/)
  })

  it('a choice among allowed tools offers these alone, and one of no tool is refused', () => {
    const tools = [mine, { ...mine, name: 'other' }]
    const allowed = { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'other' }] }
    const chat = ask({ tools, tool_choice: allowed })()
    expect(chat).toMatchObject({ tool_choice: 'required', tools: [{ function: { name: 'other' } }] })
    expect(ask({ tools, tool_choice: { type: 'function', name: 'none' } })).toThrow(/tool_choice names none/)
  })
})

it('C24: names that are too long, hold other letters, or meet by chance are told apart', () => {
  const long = 'n'.repeat(80)
  const tools = [
    { type: 'function', name: 'a__b' },
    { type: 'function', name: 'dot.ted' },
    { type: 'namespace', name: 'a', tools: [{ type: 'function', name: 'b' }] },
    {
      type: 'namespace',
      name: long,
      tools: [
        { type: 'function', name: 'x' },
        { type: 'function', name: 'y' }
      ]
    }
  ]
  const request = { model: 'm', input: 'x', tools }
  const names = namesOf(request).map(String)
  expect(new Set(names).size).toBe(5)
  for (const name of names) expect(name).toMatch(/^[\w-]{1,64}$/)
  const items = answered(request, ...names.map((name) => [name, '{}'] as const))
  expect(items.filter(isJsonObject).map(({ name, namespace }) => [name, namespace])).toEqual([
    ['a__b', undefined],
    ['dot.ted', undefined],
    ['b', 'a'],
    ['x', long],
    ['y', long]
  ])
})
