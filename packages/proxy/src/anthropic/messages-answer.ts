import { isJsonObject, type JsonObject } from '@bursar/core'
import { piecesOf } from '../openai/chat-stream.js'
import { readCompletion } from '../openai/completion.js'

const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal'
}

/** Tells a chat completion as an answer of Anthropic's Messages. */
export function messageOf(body: JsonObject): JsonObject {
  const { id, model, text, toolCalls, finishReason, usage } = readCompletion(body)
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [
      ...(text === '' ? [] : [{ type: 'text', text }]),
      ...toolCalls.map((call) => ({
        type: 'tool_use',
        id: call.id,
        name: call.name,
        input: inputOf(call.arguments)
      }))
    ],
    stop_reason: toolCalls.length > 0 ? 'tool_use' : (stopReasons[finishReason] ?? 'end_turn'),
    stop_sequence: null,
    usage: {
      input_tokens: usage.input - usage.cached,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: usage.cached,
      output_tokens: usage.output
    }
  }
}

/** A model may write what is no JSON. */
function inputOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

/**
 * Tells an answer as the stream that it would have been.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export function messageEvents(message: JsonObject): readonly string[] {
  const event = (type: string, more: JsonObject): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
  const { content, stop_reason: reason, stop_sequence: sequence, usage } = message
  const counted = usage as JsonObject
  return [
    event('message_start', {
      message: { ...message, content: [], stop_reason: null, usage: { ...counted, output_tokens: 1 } }
    }),
    ...(content as readonly JsonObject[]).flatMap((block, index) => blockEvents(block, index, event)),
    event('message_delta', {
      delta: { stop_reason: reason ?? null, stop_sequence: sequence ?? null },
      usage: { output_tokens: counted.output_tokens ?? 0 }
    }),
    event('message_stop', {})
  ]
}

function blockEvents(
  block: JsonObject,
  index: number,
  event: (type: string, more: JsonObject) => string
): readonly string[] {
  const isText = block.type === 'text'
  const begun = isText ? { ...block, text: '' } : { ...block, input: {} }
  const deltas = isText
    ? piecesOf(String(block.text)).map((text) => ({ type: 'text_delta', text }))
    : [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }]
  return [
    event('content_block_start', { index, content_block: begun }),
    ...deltas.map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index })
  ]
}
