import type { JsonObject, JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObject, asObjects, asText, definedMembers } from '../json-fields.js'
import { joinTexts } from './content-blocks.js'
import { toChatMessages } from './message-content.js'

/**
 * Translates a request of Anthropic's Messages into one of chat completions. What only steers the service's own workings
 * (caches, thinking, metadata) is left out. What would change the answer and has no counterpart is rejected by its name.
 *
 * @throws {InvalidRequest}
 * @see https://docs.anthropic.com/en/api/messages
 */
export function messagesToChat(body: JsonObject): JsonObject {
  const { model = '', max_tokens: maxTokens, system, tools } = body
  if (typeof maxTokens !== 'number') throw invalidRequest('max_tokens is required')
  const instructions = typeof system === 'string' ? system : joinTexts(system)
  const systemMessages = instructions === '' ? [] : [{ role: 'system', content: instructions }]
  return definedMembers({
    model,
    max_tokens: maxTokens,
    messages: [...systemMessages, ...asObjects(body.messages).flatMap(toChatMessages)],
    temperature: body.temperature,
    top_p: body.top_p,
    stop: body.stop_sequences,
    tools: Array.isArray(tools) && tools.length > 0 ? tools.map(toTool) : undefined,
    ...toChoice(asObject(body.tool_choice))
  })
}

function toTool(tool: JsonValue): JsonObject {
  const { type = 'custom', name, description, input_schema: parameters = {} } = asObject(tool)
  if (type !== 'custom' || typeof name !== 'string')
    throw invalidRequest(`A tool of type ${asText(type)} runs at Anthropic, and has no counterpart`)
  return { type: 'function', function: definedMembers({ name, description, parameters }) }
}

function toChoice({ type, name, disable_parallel_tool_use: noParallel }: JsonObject) {
  const choices: Readonly<Record<string, JsonValue>> = {
    auto: 'auto',
    any: 'required',
    none: 'none',
    tool: { type: 'function', function: { name: name ?? '' } }
  }
  return {
    tool_choice: choices[asText(type)],
    parallel_tool_calls: noParallel === true ? false : undefined
  }
}
