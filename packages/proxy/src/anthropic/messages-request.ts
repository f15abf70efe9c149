import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { ProxyProblem } from '@bursar/local-server'
import { objectOf, objectsIn, textOf } from '../openai/completion.js'

/**
 * Asks in chat completions what was asked in Anthropic's Messages. What only steers the service's own workings (caches,
 * thinking, metadata) is left out; what would change the answer and has no counterpart is refused by its name.
 *
 * @throws {ProxyProblem} 400
 * @see https://docs.anthropic.com/en/api/messages
 */
export function chatOfMessages(body: JsonObject): JsonObject {
  const { model = '', max_tokens: most, temperature, top_p: topP, stop_sequences: stop } = body
  const { system, tools, tool_choice: choice } = body
  if (typeof most !== 'number') throw invalid('max_tokens is required')
  const instructions = typeof system === 'string' ? system : textsIn(system)
  return {
    model,
    max_tokens: most,
    messages: [
      ...(instructions === '' ? [] : [{ role: 'system', content: instructions }]),
      ...objectsIn(body.messages).flatMap(messagesOf)
    ],
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(stop === undefined ? {} : { stop }),
    ...(Array.isArray(tools) && tools.length > 0 ? { tools: tools.map(toolOf) } : {}),
    ...choiceOf(objectOf(choice))
  }
}

function textsIn(blocks: JsonValue | undefined): string {
  return objectsIn(blocks)
    .map(({ text }) => textOf(text))
    .join('\n\n')
}

/** What tools gave back is a message of each tool there, and part of the user's here. */
function messagesOf({ role, content }: JsonObject): readonly JsonObject[] {
  if (typeof content === 'string') return [{ role: role ?? 'user', content }]
  const blocks = objectsIn(content)
  if (role === 'assistant') return [assistantMessage(blocks)]
  const results = blocks.filter(({ type }) => type === 'tool_result')
  const others = blocks.filter(({ type }) => type !== 'tool_result')
  return [
    ...results.map(resultMessage),
    ...(others.length === 0 ? [] : [{ role: 'user', content: others.map(partOf) }])
  ]
}

function assistantMessage(blocks: readonly JsonObject[]): JsonObject {
  const calls = blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name, input }) => ({
      id: id ?? '',
      type: 'function',
      function: { name: name ?? '', arguments: JSON.stringify(input ?? {}) }
    }))
  const text = blocks
    .filter(({ type }) => type !== 'tool_use' && type !== 'thinking' && type !== 'redacted_thinking')
    .map((block) => textOf(partOf(block).text))
    .join('')
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(calls.length > 0 ? { tool_calls: calls } : {})
  }
}

function resultMessage({ tool_use_id: id, content, is_error: failed }: JsonObject): JsonObject {
  if (objectsIn(content).some(({ type }) => type !== 'text'))
    throw invalid('A tool_result with anything but text has no counterpart')
  const text = typeof content === 'string' ? content : textsIn(content)
  return { role: 'tool', tool_call_id: id ?? '', content: failed === true ? `Error: ${text}` : text }
}

function partOf(block: JsonObject): JsonObject {
  const { type, text, source, title } = block
  if (type === 'text') return { type: 'text', text: text ?? '' }
  const { type: kind, media_type: media, data, url } = objectOf(source)
  const address = kind === 'base64' ? `data:${textOf(media)};base64,${textOf(data)}` : textOf(url)
  if (type === 'image' && address !== '') return { type: 'image_url', image_url: { url: address } }
  if (type === 'document' && kind === 'text') return { type: 'text', text: textOf(data) }
  if (type === 'document' && kind === 'base64')
    return { type: 'file', file: { filename: textOf(title) || 'document.pdf', file_data: address } }
  throw invalid(`Content of type ${textOf(type)} has no counterpart`)
}

function toolOf(tool: JsonValue): JsonObject {
  const { type = 'custom', name, description, input_schema: parameters } = isJsonObject(tool) ? tool : {}
  if (type !== 'custom' || typeof name !== 'string')
    throw invalid(`A tool of type ${textOf(type)} runs at Anthropic's, and has no counterpart`)
  return {
    type: 'function',
    function: { name, ...(description === undefined ? {} : { description }), parameters: parameters ?? {} }
  }
}

function choiceOf({ type, name, disable_parallel_tool_use: oneByOne }: JsonObject): JsonObject {
  const chosen: Readonly<Record<string, JsonValue>> = {
    auto: 'auto',
    any: 'required',
    none: 'none',
    tool: { type: 'function', function: { name: name ?? '' } }
  }
  const choice = chosen[textOf(type)]
  return {
    ...(choice === undefined ? {} : { tool_choice: choice }),
    ...(oneByOne === true ? { parallel_tool_calls: false } : {})
  }
}

function invalid(message: string): ProxyProblem {
  return new ProxyProblem(400, 'invalid_request_error', `${message}. Nothing was paid`)
}
