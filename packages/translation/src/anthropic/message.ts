import { type JsonObject, parseJsonObject } from '@bursar/core'
import { asCount, asText } from '../json-fields.js'
import { type Completion, readCompletion, type ToolCall } from '../openai/read-completion.js'
import { toolInput } from './tool-input.js'

const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal'
}

/** What an answer has of its own. */
export interface MessageDetails {
  /** Unique among answers. */
  readonly id: string
}

/**
 * Translates a chat completion into an answer of Anthropic's Messages.
 *
 * @param request the request that it answers: the answer has the name of the model that it asked for.
 * @see https://docs.anthropic.com/en/api/messages
 */
export function chatToMessage(body: JsonObject, request: JsonObject, details: MessageDetails): JsonObject {
  const completion = readCompletion(body)
  const stopped = stopSequenceOf(completion, request)
  return {
    ...begunMessage(request, details),
    content: contentOf(completion, details),
    stop_reason: stopped === null ? stopReasonOf(completion) : 'stop_sequence',
    stop_sequence: stopped,
    usage: messageUsage(completion)
  }
}

/** The text of the request at which the model stopped, where the service tells it. */
function stopSequenceOf({ finishReason, stopText }: Completion, { stop_sequences: asked }: JsonObject) {
  const isAsked = finishReason === 'stop' && Array.isArray(asked) && asked.includes(stopText)
  return isAsked ? stopText : null
}

/** An answer of which nothing is known yet. */
export function begunMessage({ model }: JsonObject, { id }: MessageDetails): JsonObject {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: asText(model),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: noUsage
  }
}

const noUsage = {
  input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 0
}

/** Why an answer ended. A call that was cut is no reason to run tools. */
function stopReasonOf({ finishReason, refusal, toolCalls }: Completion): string {
  if (refusal !== '') return 'refusal'
  const reason = stopReasons[finishReason]
  return toolCalls.length > 0 && finishReason !== 'length' && finishReason !== 'content_filter'
    ? 'tool_use'
    : (reason ?? 'end_turn')
}

function contentOf(
  { text, refusal, reasoning, annotations, toolCalls, finishReason }: Completion,
  { id }: MessageDetails
): readonly JsonObject[] {
  const calls = finishReason === 'length' ? toolCalls.filter(isWhole) : toolCalls
  return [
    ...(reasoning === '' ? [] : [thinkingBlock(reasoning)]),
    ...(text === '' ? [] : [textBlock(text, annotations)]),
    ...(refusal === '' ? [] : [textBlock(refusal, [])]),
    ...calls.map((call, index) => toolUseBlock(call, `toolu_${id}_${index}`))
  ]
}

function textBlock(text: string, annotations: readonly JsonObject[]): JsonObject {
  const citations = annotations
    .filter(({ type }) => type === 'url_citation')
    .map((each) => toCitation(each, text))
  return { type: 'text', text, ...(citations.length === 0 ? {} : { citations }) }
}

function toCitation(
  { url, title, start_index: start, end_index: end }: JsonObject,
  text: string
): JsonObject {
  return {
    type: 'web_search_result_location',
    url: asText(url),
    title: asText(title),
    cited_text: text.slice(asCount(start), asCount(end)),
    encrypted_index: ''
  }
}

/** Anthropic signs what its models think; what others think has an empty signature, which clients send back. */
function thinkingBlock(thinking: string): JsonObject {
  return { type: 'thinking', thinking, signature: '' }
}

function toolUseBlock({ id, name, arguments: given }: ToolCall, fallbackId: string): JsonObject {
  return { type: 'tool_use', id: id || fallbackId, name, input: toolInput(given) }
}

function isWhole({ arguments: given }: ToolCall): boolean {
  return parseJsonObject(given) !== undefined
}

/** Anthropic counts what was read from a cache apart from the rest of the input. */
function messageUsage({ usage }: Completion): JsonObject {
  return {
    ...noUsage,
    input_tokens: Math.max(0, usage.input - usage.cached - usage.cacheWritten),
    cache_creation_input_tokens: usage.cacheWritten,
    cache_read_input_tokens: usage.cached,
    output_tokens: usage.output
  }
}
