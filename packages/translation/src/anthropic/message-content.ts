import { isJsonObject, type JsonObject, type JsonValue, stringifyExact } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asText } from '../json-fields.js'
import { separateAttachments } from '../tool-results.js'
import { noCounterpart, readBlocks, textOf, toParts } from './content-blocks.js'
import { isToolReference, toolReferenceText } from './deferred-tools.js'

/** A block of content, and what names it in an error. */
interface NamedBlock {
  readonly block: JsonObject
  readonly field: string
}

/**
 * Translates the messages of a request of Messages into those of a chat. A tool's result is a message of its own there, and
 * part of the user's message here.
 *
 * @throws {InvalidRequest}
 */
export function toChatMessages(messages: JsonValue | undefined): readonly JsonObject[] {
  if (!Array.isArray(messages)) throw invalidRequest('messages must be a list')
  return separateAttachments(messages.flatMap((message, index) => toMessages(message, `messages[${index}]`)))
}

function toMessages(message: JsonValue, field: string): readonly JsonObject[] {
  if (!isJsonObject(message)) throw invalidRequest(`${field} must be an object`)
  const { role, content } = message
  const blocks = readBlocks(content, `${field}.content`).map((block, index) => ({
    block,
    field: `${field}.content[${index}]`
  }))
  if (role === 'assistant') return [toAssistantMessage(blocks)]
  if (role === 'system') return [{ role, content: blocks.map(textOfNamed).join('\n\n') }]
  if (role !== 'user') throw invalidRequest(`${field}.role must be user, assistant or system`)
  return typeof content === 'string' ? [{ role, content }] : toUserMessages(blocks)
}

function toUserMessages(blocks: readonly NamedBlock[]): readonly JsonObject[] {
  const results = blocks.filter(({ block }) => block.type === 'tool_result')
  const parts = blocks
    .filter(({ block }) => block.type !== 'tool_result')
    .flatMap(({ block, field }) => toParts(block, field))
  const userMessages = parts.length === 0 ? [] : [{ role: 'user', content: parts }]
  return [...results.map(toToolMessage), ...userMessages]
}

/** What the model thought goes back to it: some models answer no result of a tool without. What is hidden is left out. */
function toAssistantMessage(blocks: readonly NamedBlock[]): JsonObject {
  const [texts, thoughts, calls]: [string[], string[], JsonObject[]] = [[], [], []]
  for (const { block, field } of blocks) {
    if (block.type === 'tool_use') calls.push(toToolCall(block))
    else if (block.type === 'thinking') thoughts.push(asText(block.thinking))
    else if (block.type === 'text') texts.push(textOf(block, field))
    else if (block.type !== 'redacted_thinking') throw noCounterpart(field, asText(block.type))
  }
  const [text, thought] = [texts.join(''), thoughts.join('\n\n')]
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(thought === '' ? {} : { reasoning_content: thought }),
    ...(calls.length === 0 ? {} : { tool_calls: calls })
  }
}

function toToolCall({ id, name, input }: JsonObject): JsonObject {
  return {
    id: id ?? '',
    type: 'function',
    function: { name: name ?? '', arguments: stringifyExact(input ?? {}) }
  }
}

function toToolMessage({ block, field }: NamedBlock): JsonObject {
  const { tool_use_id: id, content, is_error: failed } = block
  const parts = readBlocks(content ?? '', `${field}.content`).flatMap((each, index) =>
    isToolReference(each)
      ? [{ type: 'text', text: toolReferenceText(each) }]
      : toParts(each, `${field}.content[${index}]`)
  )
  return { role: 'tool', tool_call_id: id ?? '', content: toResult(parts, failed === true) }
}

/** Texts alone are one text. A chat has no other place for the word that the tool failed. */
function toResult(parts: readonly JsonObject[], failed: boolean): string | readonly JsonObject[] {
  const texts = parts.filter(({ type }) => type === 'text').map(({ text }) => asText(text))
  const text = `${failed ? 'Error: ' : ''}${texts.join('\n\n')}`
  if (texts.length === parts.length) return text
  const others = parts.filter(({ type }) => type !== 'text')
  return text === '' ? others : [{ type: 'text', text }, ...others]
}

function textOfNamed({ block, field }: NamedBlock): string {
  return textOf(block, field)
}
