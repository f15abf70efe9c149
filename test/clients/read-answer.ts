import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '@bursar/core'
import { arrayOf } from './offered-tools.js'

/** What an answer says, in the terms of its API and without ids, times and usage: what a client makes of it. */
export interface ReadAnswer {
  readonly parts: readonly JsonObject[]
  /** Why it ends; undefined in a stream that just stops. */
  readonly end: JsonValue
}

/** An object that is put together. */
type Growing = Record<string, JsonValue>

/** Reads a whole answer, or a stream, of any of the three APIs. @param path of the request. */
export function readAnswer(path: string, text: string): ReadAnswer | JsonObject {
  const isStream = /^(?:event|data|:)/.test(text)
  const { error } = isStream ? {} : jsonOf(text)
  // Its words are of the one payment.
  if (isJsonObject(error)) return given({ error: error.type })
  if (/\/messages(?:\?|$)/.test(path)) return isStream ? messageOf(eventsOf(text)) : readMessage(jsonOf(text))
  if (path.includes('/chat/completions')) return isStream ? chatOf(eventsOf(text)) : readChat(jsonOf(text))
  if (path.includes('/responses')) return isStream ? responseOf(eventsOf(text)) : readResponse(jsonOf(text))
  return jsonOf(text)
}

function jsonOf(text: string): JsonObject {
  return parseJsonObject(text) ?? {}
}

/** The data of a stream of events. */
function eventsOf(text: string): readonly JsonObject[] {
  const lines = text.split('\n').filter((line) => line.startsWith('data: {'))
  return lines.map((line) => jsonOf(line.slice('data: '.length)))
}

function messageOf(events: readonly JsonObject[]): ReadAnswer {
  const blocks: Growing[] = []
  let end: JsonValue = null
  for (const { type, index, content_block: block, delta } of events) {
    if (type === 'content_block_start' && isJsonObject(block)) blocks[Number(index)] = { ...block, input: '' }
    if (type === 'content_block_delta' && isJsonObject(delta)) grow(blocks[Number(index)], delta)
    if (type === 'message_delta' && isJsonObject(delta)) end = delta.stop_reason ?? end
  }
  return { parts: blocks.map(messagePart), end }
}

/** Adds a delta to the block that it belongs to. */
function grow(block: Growing | undefined, { text, thinking, partial_json: json }: JsonObject): void {
  if (!block) throw new TypeError('A delta comes before its block')
  if (typeof text === 'string') block.text = `${block.text ?? ''}${text}`
  if (typeof thinking === 'string') block.thinking = `${block.thinking ?? ''}${thinking}`
  if (typeof json === 'string') block.input = `${block.input ?? ''}${json}`
}

function readMessage({ content, stop_reason: end = null }: JsonObject): ReadAnswer {
  return { parts: arrayOf(content).filter(isJsonObject).map(messagePart), end }
}

function messagePart({ type, text, thinking, name, input }: JsonObject): JsonObject {
  if (type === 'tool_use')
    return given({ type, name, input: typeof input === 'string' ? input : JSON.stringify(input) })
  return given(type === 'thinking' ? { type, thinking } : { type, text })
}

function chatOf(chunks: readonly JsonObject[]): ReadAnswer {
  const message: Growing = {}
  const calls: JsonObject[] = []
  let end: JsonValue = null
  for (const choice of chunks.flatMap(({ choices }) => arrayOf(choices)).filter(isJsonObject)) {
    const delta = isJsonObject(choice.delta) ? choice.delta : {}
    for (const field of ['content', 'refusal', 'reasoning_content'])
      if (typeof delta[field] === 'string') message[field] = `${message[field] ?? ''}${delta[field]}`
    calls.push(...arrayOf(delta.tool_calls).filter(isJsonObject))
    end = choice.finish_reason ?? end
  }
  return { parts: chatParts({ ...message, tool_calls: calls }), end }
}

function readChat({ choices }: JsonObject): ReadAnswer {
  const [choice] = arrayOf(choices)
  if (!isJsonObject(choice) || !isJsonObject(choice.message)) return { parts: [], end: null }
  return { parts: chatParts(choice.message), end: choice.finish_reason ?? null }
}

function chatParts({
  content,
  refusal,
  reasoning_content: reasoning,
  tool_calls: calls
}: JsonObject): JsonObject[] {
  const texts = Object.entries({ reasoning, content, refusal }).filter(([, text]) => text)
  const functions = arrayOf(calls).flatMap((call) =>
    isJsonObject(call) && isJsonObject(call.function) ? [call.function] : []
  )
  return [
    ...texts.map(([type, text]) => ({ type, text: text ?? '' })),
    ...functions.map(({ name, arguments: input }) => given({ type: 'function', name, input }))
  ]
}

function responseOf(events: readonly JsonObject[]): ReadAnswer {
  const items = events.flatMap(({ type, item }) =>
    type === 'response.output_item.done' && isJsonObject(item) ? [item] : []
  )
  const last = events.at(-1)?.response
  return readResponse({ ...(isJsonObject(last) ? last : {}), output: items })
}

function readResponse({ output, status = null, incomplete_details: details }: JsonObject): ReadAnswer {
  const end = isJsonObject(details) ? `${status}: ${details.reason}` : status
  return { parts: arrayOf(output).filter(isJsonObject).map(responseItem), end }
}

function responseItem({ type, name, namespace, content, summary, status, ...item }: JsonObject): JsonObject {
  const texts = [...arrayOf(content), ...arrayOf(summary)].filter(isJsonObject)
  const said = texts.map(({ type, text, refusal }) => given({ type, text: text ?? refusal }))
  const input = item.arguments ?? item.input
  return given({ type, name, namespace, input, status, said: said.length > 0 ? said : undefined })
}

/** The fields that have a value. */
function given(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const some: Growing = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) some[name] = value
  return some
}
