import type { JsonObject } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObjects, asText } from '../json-fields.js'
import { joinTexts, textOfBlock, toPart } from './content-blocks.js'

const thinkingTypes = ['thinking', 'redacted_thinking']

/**
 * Translates one message of Messages into messages of a chat. A tool's result is a message of its own there, and part
 * of the user's message here.
 *
 * @throws {InvalidRequest}
 */
export function toChatMessages({ role, content }: JsonObject): readonly JsonObject[] {
  if (typeof content === 'string') return [{ role: role ?? 'user', content }]
  const blocks = asObjects(content)
  if (role === 'assistant') return [toAssistantMessage(blocks)]
  const results = blocks.filter(({ type }) => type === 'tool_result')
  const others = blocks.filter(({ type }) => type !== 'tool_result')
  const userMessages = others.length === 0 ? [] : [{ role: 'user', content: others.map(toPart) }]
  return [...results.map(toToolMessage), ...userMessages]
}

/** Thinking is the service's own, and is left out. */
function toAssistantMessage(blocks: readonly JsonObject[]): JsonObject {
  const calls = blocks.filter(({ type }) => type === 'tool_use').map(toToolCall)
  const text = blocks
    .filter(({ type }) => type !== 'tool_use' && !thinkingTypes.includes(asText(type)))
    .map(textOfBlock)
    .join('')
  if (calls.length === 0) return { role: 'assistant', content: text }
  return { role: 'assistant', content: text === '' ? null : text, tool_calls: calls }
}

function toToolCall({ id, name, input }: JsonObject): JsonObject {
  return {
    id: id ?? '',
    type: 'function',
    function: { name: name ?? '', arguments: JSON.stringify(input ?? {}) }
  }
}

function toToolMessage({ tool_use_id: id, content, is_error: failed }: JsonObject): JsonObject {
  if (asObjects(content).some(({ type }) => type !== 'text'))
    throw invalidRequest('A tool_result with anything but text has no counterpart')
  const text = typeof content === 'string' ? content : joinTexts(content)
  return { role: 'tool', tool_call_id: id ?? '', content: failed === true ? `Error: ${text}` : text }
}
