import type { JsonObject } from '@bursar/core'
import { expect, it } from 'vitest'
import { responsesToChat } from './response-request.js'

const ask = (members: JsonObject) => () => responsesToChat({ model: 'm', input: 'x', ...members })

it('C31: what has no counterpart is refused by name', () => {
  const refused: JsonObject = {
    max_tool_calls: 3,
    truncation: 'auto',
    background: true,
    conversation: 'conv_1',
    prompt: { id: 'pmpt_1' },
    previous_response_id: 'resp_1',
    context_management: [{ type: 'compaction' }],
    top_logprobs: 3,
    'a-new-parameter': 1
  }
  for (const [name, value] of Object.entries(refused))
    expect(ask({ [name]: value }), name).toThrow(new RegExp(`^${name}.*Nothing was paid$`))
  expect(ask({ include: ['web_search_call.action.sources'] })).toThrow(/^include: "web_search_call/)
  expect(ask({ reasoning: { mode: 'pro' } })).toThrow(/^reasoning\.mode/)
})

it('C31: what an SDK wants of a tool falls away with the tool, and is refused without it', () => {
  const rows = { type: 'function', name: 'rows' }
  const wanted: readonly (readonly [include: string, tool: string])[] = [
    ['web_search_call.action.sources', 'web_search'],
    ['code_interpreter_call.outputs', 'code_interpreter'],
    ['file_search_call.results', 'file_search'],
    ['computer_call_output.output.image_url', 'computer_use_preview']
  ]
  for (const [include, type] of wanted) {
    expect(ask({ include: [include], tools: [rows, { type }] })()).toMatchObject({
      tools: [{ function: { name: 'rows' } }]
    })
    expect(ask({ include: [include], tools: [rows] }), include).toThrow(/^include: /)
  }
  const logprobs = { include: ['message.output_text.logprobs'], tools: [rows, { type: 'web_search' }] }
  expect(ask(logprobs)).toThrow(/^include: "message\.output_text/)
})

it('C26: an image as a chat has it, as LangChain sends it, is an image', () => {
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }
  const input = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }, image] }]
  expect(ask({ input })()).toMatchObject({ messages: [{ content: [{ type: 'text', text: 'x' }, image] }] })
})

it('C31: what asks for nothing passes', () => {
  const nothing: JsonObject = {
    truncation: 'disabled',
    background: false,
    conversation: null,
    context_management: [],
    include: ['reasoning.encrypted_content'],
    reasoning: { summary: 'auto', context: 'all_turns' },
    store: true,
    metadata: { a: 'b' },
    safety_identifier: 'a',
    prompt_cache_key: 'b',
    client_metadata: {}
  }
  expect(ask(nothing)()).toEqual({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
  expect(ask({ text: { verbosity: 'low' } })()).toMatchObject({ verbosity: 'low' })
})

it('C33: what is malformed is refused by its name', () => {
  const wrong: readonly (readonly [body: JsonObject, words: RegExp])[] = [
    [{ model: null }, /^model is required/],
    [{ model: '' }, /^model is required/],
    [{ model: 5 }, /^model must be a text/],
    [{ input: 5 }, /^input must be a text or a list/],
    [{ input: [null] }, /^input\[0\] must be an object/],
    [{ tools: 'all' }, /^tools must be a list/],
    [{ text: 'plain' }, /^text must be an object/],
    [{ instructions: [1] }, /^instructions must be a text/]
  ]
  for (const [body, words] of wrong) expect(ask(body)).toThrow(words)
  expect(() => responsesToChat({ input: 'x' })).toThrow(/^model is required/)
  expect(() => responsesToChat({ model: 'm' })).toThrow(/^input is required/)
})
