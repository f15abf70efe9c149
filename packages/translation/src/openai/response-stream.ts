import type { JsonObject, JsonValue } from '@bursar/core'
import { chunkText } from '../chunk-text.js'
import { asObjects, asText } from '../json-fields.js'

/** Writes one event of a stream. */
type WriteEvent = (type: string, members: JsonObject) => string

/** Numbers the events of a stream. @param first the number of the first one. */
function eventWriter(first = 0): WriteEvent {
  let sequence = first
  return (type, members) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...members })}\n\n`
}

/**
 * Writes an answer of Responses as the stream that it would have been.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function responseEvents(response: JsonObject): readonly string[] {
  const event = eventWriter()
  const begun = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null }
  return [
    event('response.created', { response: begun }),
    event('response.in_progress', { response: begun }),
    ...asObjects(response.output).flatMap((item, index) => itemEvents(item, index, event)),
    event(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response })
  ]
}

function itemEvents(item: JsonObject, index: number, event: WriteEvent): readonly string[] {
  const kind = itemKinds[asText(item.type)]
  const position = { item_id: item.id ?? '', output_index: index }
  const empty = { ...item, ...kind?.empty, status: 'in_progress' }
  return [
    event('response.output_item.added', { output_index: index, item: empty }),
    ...(kind?.events(item, position, event) ?? []),
    event('response.output_item.done', { output_index: index, item })
  ]
}

/** How an item of a type begins, and what fills it. */
interface ItemKind {
  readonly empty: JsonObject
  readonly events: (item: JsonObject, position: JsonObject, event: WriteEvent) => readonly string[]
}

const itemKinds: Readonly<Record<string, ItemKind>> = {
  message: { empty: { content: [] }, events: messageEvents },
  reasoning: { empty: { summary: [] }, events: reasoningEvents },
  function_call: {
    empty: { arguments: '' },
    events: ({ name = '', arguments: given = '' }, position, event) => [
      event('response.function_call_arguments.delta', { ...position, delta: given }),
      event('response.function_call_arguments.done', { ...position, name, arguments: given })
    ]
  },
  custom_tool_call: {
    empty: { input: '' },
    events: ({ input = '' }, position, event) => [
      event('response.custom_tool_call_input.delta', { ...position, delta: input }),
      event('response.custom_tool_call_input.done', { ...position, input })
    ]
  },
  tool_search_call: { empty: { arguments: {} }, events: () => [] }
}

function reasoningEvents(
  { summary }: JsonObject,
  position: JsonObject,
  event: WriteEvent
): readonly string[] {
  return asObjects(summary).flatMap((part, index) => {
    const place = { ...position, summary_index: index }
    const text = asText(part.text)
    return [
      event('response.reasoning_summary_part.added', { ...place, part: { ...part, text: '' } }),
      ...chunkText(text).map((delta) => event('response.reasoning_summary_text.delta', { ...place, delta })),
      event('response.reasoning_summary_text.done', { ...place, text }),
      event('response.reasoning_summary_part.done', { ...place, part })
    ]
  })
}

function messageEvents({ content }: JsonObject, position: JsonObject, event: WriteEvent): readonly string[] {
  return asObjects(content).flatMap((part, index) => {
    const place = { ...position, content_index: index }
    const isRefusal = part.type === 'refusal'
    const empty = isRefusal ? { refusal: '' } : { text: '', annotations: [] }
    return [
      event('response.content_part.added', { ...place, part: { ...part, ...empty } }),
      ...(isRefusal ? refusalEvents(part, place, event) : textEvents(part, place, event)),
      event('response.content_part.done', { ...place, part })
    ]
  })
}

function refusalEvents({ refusal }: JsonObject, place: JsonObject, event: WriteEvent): readonly string[] {
  const words = asText(refusal)
  return [
    ...chunkText(words).map((delta) => event('response.refusal.delta', { ...place, delta })),
    event('response.refusal.done', { ...place, refusal: words })
  ]
}

function textEvents(part: JsonObject, place: JsonObject, event: WriteEvent): readonly string[] {
  const text = asText(part.text)
  const annotations: readonly JsonValue[] = Array.isArray(part.annotations) ? part.annotations : []
  return [
    ...chunkText(text).map((delta) => event('response.output_text.delta', { ...place, delta, logprobs: [] })),
    ...annotations.map((annotation, index) =>
      event('response.output_text.annotation.added', { ...place, annotation_index: index, annotation })
    ),
    event('response.output_text.done', { ...place, text, logprobs: [] })
  ]
}
