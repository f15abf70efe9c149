import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import { CompletionBuilder, parseExactObject } from '@bursar/translation'

/** The events of a stream that hold JSON. */
export function eventsOf(text: string): readonly JsonObject[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => parseJsonObject(line.slice('data:'.length)))
    .filter((event) => event !== undefined)
}

/** The whole answer that a stream of chat completions, Messages or Responses was. Absent: it was none of them, or not whole. */
export function wholeOfStream(events: readonly JsonObject[]): JsonObject | undefined {
  const { response } =
    events.findLast(({ type }) => /^response\.(?:completed|incomplete)$/.test(String(type))) ?? {}
  if (isJsonObject(response)) return response
  return wholeMessage(events) ?? wholeChat(events)
}

function wholeMessage(events: readonly JsonObject[]): JsonObject | undefined {
  const start = events.find(({ type }) => type === 'message_start')?.message
  const last = events.findLast(({ type, delta }) => type === 'message_delta' && hasReason(delta))
  if (!isJsonObject(start) || !last) return undefined
  const blocks = events.filter(({ type }) => type === 'content_block_start')
  const content = blocks.map(({ index, content_block: block }) => {
    const deltas = events.filter((each) => each.type === 'content_block_delta' && each.index === index)
    return wholeBlock(
      asObject(block),
      deltas.map(({ delta }) => asObject(delta))
    )
  })
  const usage = { ...asObject(start.usage), ...asObject(last.usage) }
  return { ...start, content, ...asObject(last.delta), usage }
}

function hasReason(delta: unknown): boolean {
  return typeof asObject(delta).stop_reason === 'string'
}

function wholeBlock(block: JsonObject, deltas: readonly JsonObject[]): JsonObject {
  const joined = (name: string): string => deltas.map((delta) => textOf(delta[name])).join('')
  if (block.type === 'tool_use')
    return { ...block, input: parseExactObject(joined('partial_json') || '{}') ?? {} }
  if (block.type === 'thinking')
    return {
      ...block,
      thinking: textOf(block.thinking) + joined('thinking'),
      signature: textOf(block.signature) + joined('signature')
    }
  if (block.type !== 'text') return block
  const text = { ...block, text: textOf(block.text) + joined('text') }
  const citations = deltas.map(({ citation }) => citation).filter(isJsonObject)
  return citations.length === 0 ? text : { ...text, citations }
}

function wholeChat(chunks: readonly JsonObject[]): JsonObject | undefined {
  const completion = new CompletionBuilder()
  for (const chunk of chunks) completion.add(chunk)
  return completion.isComplete ? completion.build() : undefined
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
