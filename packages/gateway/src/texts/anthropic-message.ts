import type { JsonObject } from '@bursar/core'
import { dataEvent, type Reply } from './reply.js'

/** A message of Anthropic's API. */
export function anthropicMessage(id: string, reply: Reply): JsonObject {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: reply.model,
    content: [{ type: 'text', text: reply.text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: reply.inputTokens,
      output_tokens: reply.outputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0
    }
  }
}

/** The same as server-sent events. */
export function anthropicEvents(id: string, reply: Reply): readonly string[] {
  const start = {
    ...anthropicMessage(id, reply),
    content: [],
    stop_reason: null,
    usage: { input_tokens: reply.inputTokens, output_tokens: 1 }
  }
  const events: readonly (JsonObject & { readonly type: string })[] = [
    { type: 'message_start', message: start },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: reply.text } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: reply.outputTokens }
    },
    { type: 'message_stop' }
  ]
  return events.map((event) => `event: ${event.type}\n${dataEvent(event)}`)
}
