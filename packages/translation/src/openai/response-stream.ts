import type { JsonObject } from '@bursar/core'
import { chunkText } from '../chunk-text.js'
import { asObjects, asText } from '../json-fields.js'

/** Writes one event of a stream. */
type WriteEvent = (type: string, members: JsonObject) => string

/**
 * Writes an answer of Responses as the stream that it would have been.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function responseEvents(response: JsonObject): readonly string[] {
  let sequence = 0
  const event: WriteEvent = (type, members) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...members })}\n\n`
  const begun = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null }
  return [
    event('response.created', { response: begun }),
    event('response.in_progress', { response: begun }),
    ...asObjects(response.output).flatMap((item, index) => itemEvents(item, index, event)),
    event(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response })
  ]
}

function itemEvents(item: JsonObject, index: number, event: WriteEvent): readonly string[] {
  const isMessage = item.type === 'message'
  const position = { item_id: item.id ?? '', output_index: index }
  const empty = { ...item, ...(isMessage ? { content: [] } : { arguments: '' }), status: 'in_progress' }
  return [
    event('response.output_item.added', { output_index: index, item: empty }),
    ...(isMessage ? messageEvents(item, position, event) : callEvents(item, position, event)),
    event('response.output_item.done', { output_index: index, item })
  ]
}

function messageEvents(item: JsonObject, position: JsonObject, event: WriteEvent): readonly string[] {
  return asObjects(item.content).flatMap((part, index) =>
    partEvents(part, { ...position, content_index: index }, event)
  )
}

function partEvents(part: JsonObject, position: JsonObject, event: WriteEvent): readonly string[] {
  const text = asText(part.text)
  return [
    event('response.content_part.added', { ...position, part: { ...part, text: '' } }),
    ...chunkText(text).map((delta) =>
      event('response.output_text.delta', { ...position, delta, logprobs: [] })
    ),
    event('response.output_text.done', { ...position, text, logprobs: [] }),
    event('response.content_part.done', { ...position, part })
  ]
}

function callEvents(item: JsonObject, position: JsonObject, event: WriteEvent): readonly string[] {
  const { name = '', arguments: given = '' } = item
  return [
    event('response.function_call_arguments.delta', { ...position, delta: given }),
    event('response.function_call_arguments.done', { ...position, name, arguments: given })
  ]
}
