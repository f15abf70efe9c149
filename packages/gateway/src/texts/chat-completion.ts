import type { JsonObject, JsonValue } from '@bursar/core'
import { dataEvent, doneEvent, type Reply, wordsOf } from './reply.js'

/** A chat completion of OpenAI's API. */
export function chatCompletion(id: string, createdSeconds: number, reply: Reply): JsonObject {
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: createdSeconds,
    model: reply.model,
    choices: [{ index: 0, message: { role: 'assistant', content: reply.text }, finish_reason: 'stop' }],
    usage: usageOf(reply)
  }
}

/** The same as server-sent events. The usage comes last, and only when the request asked for it. */
export function chatCompletionEvents(
  details: { readonly id: string; readonly createdSeconds: number; readonly includesUsage: boolean },
  reply: Reply
): readonly string[] {
  const chunk = (choices: JsonValue[], more: JsonObject = {}): string =>
    dataEvent({
      id: `chatcmpl-${details.id}`,
      object: 'chat.completion.chunk',
      created: details.createdSeconds,
      model: reply.model,
      choices,
      ...more
    })
  const delta = (content: string): string => chunk([{ index: 0, delta: { content }, finish_reason: null }])
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...wordsOf(reply.text).map(delta),
    chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
    ...(details.includesUsage ? [chunk([], { usage: usageOf(reply) })] : []),
    doneEvent
  ]
}

function usageOf({ inputTokens, outputTokens }: Reply): JsonObject {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 }
  }
}
