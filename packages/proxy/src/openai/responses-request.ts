import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { ProxyProblem } from '@bursar/local-server'
import { objectOf, objectsIn, textOf } from './completion.js'

/** What means the same in both APIs. */
const alike = ['model', 'temperature', 'top_p', 'parallel_tool_calls', 'user', 'seed', 'stop'] as const

/**
 * Asks in chat completions what was asked in OpenAI's Responses. Nothing is left out in silence that would change the
 * answer.
 *
 * @throws {ProxyProblem} 400 for what has no counterpart, by its name.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function chatOfResponses(body: JsonObject): JsonObject {
  for (const name of ['previous_response_id', 'conversation', 'prompt', 'background'] as const)
    if (body[name] !== undefined && body[name] !== null && body[name] !== false)
      throw unsupported(name, 'nothing is stored here: send the whole input')
  const { instructions, input, max_output_tokens: most, tools, tool_choice: choice, text, reasoning } = body
  const messages = [
    ...(typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : []),
    ...messagesOf(input)
  ]
  const format = objectOf(objectOf(text).format)
  const effort = objectOf(reasoning).effort
  return {
    ...Object.fromEntries(alike.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]]))),
    messages,
    ...(most === undefined || most === null ? {} : { max_tokens: most }),
    ...(Array.isArray(tools) && tools.length > 0 ? { tools: tools.map(toolOf) } : {}),
    ...(choice === undefined ? {} : { tool_choice: choiceOf(choice) }),
    ...(format.type === undefined || format.type === 'text' ? {} : { response_format: formatOf(format) }),
    ...(typeof effort === 'string' ? { reasoning_effort: effort } : {})
  }
}

function messagesOf(input: JsonValue | undefined): readonly JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  return joinCalls(objectsIn(input).map(messageOf))
}

function messageOf(item: JsonObject): JsonObject {
  const { type = 'message', role, content } = item
  if (type === 'function_call') {
    const called = { name: item.name ?? '', arguments: item.arguments ?? '{}' }
    const call = { id: item.call_id ?? '', type: 'function', function: called }
    return { role: 'assistant', content: null, tool_calls: [call] }
  }
  if (type === 'function_call_output') {
    const output = typeof item.output === 'string' ? item.output : JSON.stringify(item.output ?? '')
    return { role: 'tool', tool_call_id: item.call_id ?? '', content: output }
  }
  if (type !== 'message')
    throw unsupported(`input of type ${textOf(type)}`, 'messages and function calls are known')
  const parts = typeof content === 'string' ? content : objectsIn(content).map(partOf)
  return { role: role ?? 'user', content: parts }
}

/** The calls of one turn are several items here and one message there. */
function joinCalls(messages: readonly JsonObject[]): readonly JsonObject[] {
  const joined: JsonObject[] = []
  for (const message of messages) {
    const before = joined.at(-1)
    if (before?.role === 'assistant' && Array.isArray(message.tool_calls)) {
      joined[joined.length - 1] = {
        ...before,
        tool_calls: [...(Array.isArray(before.tool_calls) ? before.tool_calls : []), ...message.tool_calls]
      }
    } else joined.push(message)
  }
  return joined
}

function partOf({ type, text, image_url: url, ...rest }: JsonObject): JsonObject {
  if (type === 'input_text' || type === 'output_text') return { type: 'text', text: text ?? '' }
  if (type === 'refusal') return { type: 'text', text: rest.refusal ?? '' }
  if (type === 'input_image' && typeof url === 'string')
    return {
      type: 'image_url',
      image_url: { url, ...(rest.detail === undefined ? {} : { detail: rest.detail }) }
    }
  if (type === 'input_file' && typeof rest.file_data === 'string')
    return { type: 'file', file: { file_data: rest.file_data, filename: rest.filename ?? 'file' } }
  throw unsupported(
    `content of type ${textOf(type)}`,
    'text, pictures and files that are sent along are known'
  )
}

function toolOf(tool: JsonValue): JsonObject {
  const { type, name, description, parameters, strict } = isJsonObject(tool) ? tool : {}
  if (type !== 'function') throw unsupported(`tool of type ${textOf(type)}`, 'functions are known')
  const described = { name, description, parameters, strict }
  return {
    type: 'function',
    function: Object.fromEntries(Object.entries(described).filter(([, value]) => value != null)) as JsonObject
  }
}

function choiceOf(choice: JsonValue): JsonValue {
  if (!isJsonObject(choice)) return choice
  return choice.type === 'function' ? { type: 'function', function: { name: choice.name ?? '' } } : choice
}

function formatOf({ type, ...schema }: JsonObject): JsonObject {
  return type === 'json_schema' ? { type, json_schema: schema } : { type: type ?? 'text' }
}

function unsupported(what: string, known: string): ProxyProblem {
  return new ProxyProblem(400, 'unsupported', `${what} has no counterpart: ${known}. Nothing was paid`)
}
