import type { JsonObject } from '@bursar/core'
import { chunkText } from '../chunk-text.js'
import { asObject, asObjects, asText } from '../json-fields.js'

/**
 * Writes an answer of Messages as the stream that it would have been.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export function messageEvents(message: JsonObject): readonly string[] {
  const { content, stop_reason: reason = null, stop_sequence: sequence = null } = message
  const usage = asObject(message.usage)
  const begun = { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } }
  return [
    event('message_start', { message: begun }),
    ...asObjects(content).flatMap(blockEvents),
    event('message_delta', {
      delta: { stop_reason: reason, stop_sequence: sequence },
      usage: { output_tokens: usage.output_tokens ?? 0 }
    }),
    event('message_stop', {})
  ]
}

function blockEvents(block: JsonObject, index: number): readonly string[] {
  const empty = block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} }
  return [
    event('content_block_start', { index, content_block: empty }),
    ...deltasOf(block).map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index })
  ]
}

function deltasOf({ type, text, input }: JsonObject): readonly JsonObject[] {
  if (type === 'text') return chunkText(asText(text)).map((chunk) => ({ type: 'text_delta', text: chunk }))
  return [{ type: 'input_json_delta', partial_json: JSON.stringify(input) }]
}

function event(type: string, members: JsonObject): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`
}
