import type { JsonObject } from '@bursar/core'
import { dataEvent, doneEvent, wordsOf } from '../../texts/reply.js'
import type { ChatSpec } from './chat-request.js'
import { type Completion, messageOf, toolCallJson } from './completion.js'

/** A reply to be sent. */
export interface ChatReply {
  readonly id: string
  /** Unix seconds. */
  readonly createdSeconds: number
  readonly spec: ChatSpec
  readonly completion: Completion
  /** Katana's own part of the usage: what was charged, and to which source. Undefined when usage is not reported. */
  readonly imgnai: JsonObject | undefined
}

/** A chat completion in OpenAI's shape. */
export function chatReplyBody(reply: ChatReply): JsonObject {
  const { id, createdSeconds, spec, completion } = reply
  const choices = indicesOf(spec).map((index) => ({
    index,
    message: messageOf(completion),
    finish_reason: completion.finishReason,
    logprobs: null
  }))
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: createdSeconds,
    model: spec.model.id,
    choices,
    usage: usageOf(reply)
  }
}

/** The same as server-sent events: the model's public name in each, the usage in the last (Katana 83). */
export function chatReplyEvents(reply: ChatReply): readonly string[] {
  const { id, createdSeconds, spec, completion } = reply
  const chunk = (choice: JsonObject, more: JsonObject = {}): string =>
    dataEvent({
      id: `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created: createdSeconds,
      model: spec.model.id,
      choices: [{ finish_reason: null, logprobs: null, ...choice }],
      ...more
    })
  const usage = reply.imgnai === undefined ? {} : { usage: usageOf(reply) }
  return [
    ...indicesOf(spec).flatMap((index) => [
      chunk({ index, delta: { role: 'assistant', content: '' } }),
      ...deltasOf(completion).map((delta) => chunk({ index, delta })),
      chunk({ index, delta: {}, finish_reason: completion.finishReason }, isLast(spec, index) ? usage : {})
    ]),
    doneEvent
  ]
}

function indicesOf({ answers }: ChatSpec): readonly number[] {
  return Array.from({ length: answers }, (_, index) => index)
}

function isLast({ answers }: ChatSpec, index: number): boolean {
  return index === answers - 1
}

function deltasOf({ content, refusal, reasoning, toolCalls }: Completion): readonly JsonObject[] {
  return [
    ...wordsOf(reasoning).map((word) => ({ reasoning_content: word })),
    ...wordsOf(content ?? '').map((word) => ({ content: word })),
    ...wordsOf(refusal ?? '').map((word) => ({ refusal: word })),
    ...toolCalls.map((call, index) => ({ tool_calls: [{ index, ...toolCallJson(call) }] }))
  ]
}

function usageOf({ spec, completion, imgnai = {} }: ChatReply): JsonObject {
  const { completionTokens, reasoningTokens } = completion
  return {
    prompt_tokens: spec.inputTokens,
    completion_tokens: completionTokens,
    total_tokens: spec.inputTokens + completionTokens,
    ...(reasoningTokens === 0 ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
    imgnai: { ...imgnai, privacy_mode: spec.model.privacy, public_model_name: spec.model.id }
  }
}
