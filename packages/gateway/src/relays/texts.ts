import type { JsonObject, JsonValue } from '@bursar/core'
import { isJsonObject } from '@bursar/core'

const CHARACTERS_PER_TOKEN = 4

/** What a model writes, and what it takes. */
export interface Reply {
  readonly model: string
  readonly text: string
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Writes what was asked for with "Reply with exactly: …", and else repeats the question. */
export function replyTo(body: JsonObject, maxTokens: number): Reply {
  const asked = textOf(lastOf(body.messages ?? body.input ?? ''))
  const [, exactly] = /reply with exactly:\s*(.+)/is.exec(asked) ?? []
  const words = exactly?.trim() ?? `You asked: ${asked.trim()}`
  const text = words.slice(0, maxTokens * CHARACTERS_PER_TOKEN)
  return {
    model: String(body.model),
    text,
    inputTokens: Math.ceil(textOf(body.messages ?? body.input ?? '').length / CHARACTERS_PER_TOKEN),
    outputTokens: Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN))
  }
}

/** A chat completion. */
export function chatCompletion(id: string, createdSeconds: number, reply: Reply): JsonObject {
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: createdSeconds,
    model: reply.model,
    choices: [{ index: 0, message: { role: 'assistant', content: reply.text }, finish_reason: 'stop' }],
    usage: chatUsage(reply)
  }
}

/** The same as events; the usage comes last, and only where it is asked for. */
export function chatChunks(
  id: string,
  createdSeconds: number,
  reply: Reply,
  tellsUsage: boolean
): readonly string[] {
  const chunk = (choices: JsonValue[], more: JsonObject = {}): string =>
    event({
      id: `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created: createdSeconds,
      model: reply.model,
      choices,
      ...more
    })
  const delta = (content: string): string => chunk([{ index: 0, delta: { content }, finish_reason: null }])
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...(reply.text.match(/\S*\s*/g) ?? []).filter((word) => word !== '').map(delta),
    chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
    ...(tellsUsage ? [chunk([], { usage: chatUsage(reply) })] : []),
    'data: [DONE]\n\n'
  ]
}

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
    usage: anthropicUsage(reply)
  }
}

/** The same as events. */
export function anthropicEvents(id: string, reply: Reply): readonly string[] {
  const named = (value: JsonObject & { readonly type: string }): string =>
    `event: ${value.type}\n${event(value)}`
  const begun = { ...anthropicMessage(id, reply), content: [], stop_reason: null }
  return [
    named({
      type: 'message_start',
      message: { ...begun, usage: { input_tokens: reply.inputTokens, output_tokens: 1 } }
    }),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: reply.text } }),
    named({ type: 'content_block_stop', index: 0 }),
    named({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: reply.outputTokens }
    }),
    named({ type: 'message_stop' })
  ]
}

/** A response of OpenAI's API. */
export function openAiResponse(id: string, createdSeconds: number, reply: Reply): JsonObject {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdSeconds,
    status: 'completed',
    model: reply.model,
    output: [
      {
        id: `msg_${id}`,
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: reply.text, annotations: [] }]
      }
    ],
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: [],
    usage: {
      input_tokens: reply.inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: reply.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: reply.inputTokens + reply.outputTokens
    }
  }
}

/** Events of a stream, as they are sent. */
export async function* streamOf(events: readonly string[]): AsyncGenerator<string, void, undefined> {
  yield* events
}

function chatUsage({ inputTokens, outputTokens }: Reply): JsonObject {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 }
  }
}

function anthropicUsage({ inputTokens, outputTokens }: Reply): JsonObject {
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0
  }
}

function event(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

function lastOf(messages: JsonValue): JsonValue {
  return Array.isArray(messages) ? (messages.at(-1) ?? '') : messages
}

/** All text in a message or a list of them. */
export function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (!isJsonObject(value)) return ''
  return textOf(value.text ?? value.content ?? '')
}
