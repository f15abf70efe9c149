import type { JsonObject, JsonValue } from '@bursar/core'
import { asObjects, asText, definedMembers } from '../json-fields.js'
import { noCounterpart } from './no-counterpart.js'

/** Translates the input of Responses into messages of a chat. @throws {InvalidRequest} */
export function inputToMessages(input: JsonValue | undefined): readonly JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  return joinToolCalls(asObjects(input).map(toMessage))
}

function toMessage(item: JsonObject): JsonObject {
  const { type = 'message', role, content } = item
  if (type === 'function_call') return toCall(item)
  if (type === 'function_call_output') return toCallResult(item)
  if (type !== 'message')
    throw noCounterpart(`input of type ${asText(type)}`, 'only messages and function calls can be used')
  return {
    role: role ?? 'user',
    content: typeof content === 'string' ? content : asObjects(content).map(toPart)
  }
}

function toCall({ call_id: id, name, arguments: given }: JsonObject): JsonObject {
  const call = {
    id: id ?? '',
    type: 'function',
    function: { name: name ?? '', arguments: given ?? '{}' }
  }
  return { role: 'assistant', content: null, tool_calls: [call] }
}

function toCallResult({ call_id: id, output = '' }: JsonObject): JsonObject {
  const content = typeof output === 'string' ? output : JSON.stringify(output)
  return { role: 'tool', tool_call_id: id ?? '', content }
}

/** The tool calls of one turn are several items in Responses and one message in a chat. */
function joinToolCalls(messages: readonly JsonObject[]): readonly JsonObject[] {
  const joined: JsonObject[] = []
  for (const message of messages) {
    const before = joined.at(-1)
    if (before?.role === 'assistant' && message.tool_calls !== undefined) {
      const calls = [...asObjects(before.tool_calls), ...asObjects(message.tool_calls)]
      joined[joined.length - 1] = { ...before, tool_calls: calls }
    } else joined.push(message)
  }
  return joined
}

function toPart(part: JsonObject): JsonObject {
  const { type, text, image_url: url, detail, refusal, file_data: data, filename } = part
  if (type === 'input_text' || type === 'output_text') return { type: 'text', text: text ?? '' }
  if (type === 'refusal') return { type: 'text', text: refusal ?? '' }
  if (type === 'input_image' && typeof url === 'string')
    return { type: 'image_url', image_url: definedMembers({ url, detail }) }
  if (type === 'input_file' && typeof data === 'string')
    return { type: 'file', file: { file_data: data, filename: filename ?? 'file' } }
  throw noCounterpart(
    `content of type ${asText(type)}`,
    'only texts, images, and files that are part of the request can be used'
  )
}
