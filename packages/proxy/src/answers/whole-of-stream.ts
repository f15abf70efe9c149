import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'

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
    return { ...block, input: parseJsonObject(joined('partial_json') || '{}') ?? {} }
  if (block.type === 'thinking')
    return {
      ...block,
      thinking: textOf(block.thinking) + joined('thinking'),
      signature: textOf(block.signature) + joined('signature')
    }
  return block.type === 'text' ? { ...block, text: textOf(block.text) + joined('text') } : block
}

function wholeChat(events: readonly JsonObject[]): JsonObject | undefined {
  const choices = events.flatMap(({ choices: each }) => (Array.isArray(each) ? each.map(asObject) : []))
  const [first] = events
  if (!first || !choices.some((choice) => typeof choice.finish_reason === 'string')) return undefined
  const indexes = [...new Set(choices.map(({ index }) => Number(index)))].sort((a, b) => a - b)
  const { usage = null } = events.findLast((event) => isJsonObject(event.usage)) ?? {}
  return {
    ...first,
    object: 'chat.completion',
    choices: indexes.map((index) =>
      wholeChoice(
        choices.filter((choice) => Number(choice.index) === index),
        index
      )
    ),
    usage
  }
}

function wholeChoice(chunks: readonly JsonObject[], index: number): JsonObject {
  const deltas = chunks.map(({ delta }) => asObject(delta))
  const joined = (name: string): string => deltas.map((delta) => textOf(delta[name])).join('')
  const calls = wholeCalls(
    deltas.flatMap(({ tool_calls: each }) => (Array.isArray(each) ? each.map(asObject) : []))
  )
  const texts = ['reasoning_content', 'refusal']
    .map((name) => [name, joined(name)])
    .filter(([, text]) => text !== '')
  const content = joined('content')
  return {
    index,
    message: {
      role: 'assistant',
      content: content === '' && calls.length > 0 ? null : content,
      ...Object.fromEntries(texts),
      ...(calls.length > 0 ? { tool_calls: calls } : {})
    },
    finish_reason:
      chunks.findLast(({ finish_reason: reason }) => typeof reason === 'string')?.finish_reason ?? null
  }
}

function wholeCalls(parts: readonly JsonObject[]): readonly JsonObject[] {
  const indexes = [...new Set(parts.map(({ index }) => Number(index)))]
  return indexes.map((index) => {
    const own = parts.filter((part) => Number(part.index) === index)
    const functions = own.map((part) => asObject(part.function))
    const joined = (name: string): string => functions.map((each) => textOf(each[name])).join('')
    return {
      id: textOf(own[0]?.id),
      type: 'function',
      function: { name: joined('name'), arguments: joined('arguments') }
    }
  })
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
