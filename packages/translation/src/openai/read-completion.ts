import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { asCount, asObject, asObjects, asText } from '../json-fields.js'

/** The parts of a chat completion from which answers of other APIs are made. */
export interface Completion {
  readonly id: string
  readonly model: string
  readonly text: string
  /** What the model thought, where the service tells it. */
  readonly reasoning: string
  /** Why the model does not answer, in its own words. */
  readonly refusal: string
  /** Where the text has its sources. */
  readonly annotations: readonly JsonObject[]
  readonly toolCalls: readonly ToolCall[]
  /** `stop`, `length`, `tool_calls`, `content_filter`. */
  readonly finishReason: string
  readonly usage: CompletionUsage
}

/** In tokens. */
interface CompletionUsage {
  readonly input: number
  readonly output: number
  /** The part of the input that was read from a cache. */
  readonly cached: number
  /** The part of the output that is reasoning. */
  readonly reasoning: number
}

/** A function that the model wants to be called. */
export interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON, as the model wrote it. */
  readonly arguments: string
}

/** Reads the first choice of a chat completion. Missing members are empty. */
export function readCompletion(body: JsonObject): Completion {
  const [choice] = asObjects(body.choices)
  const message = asObject(choice?.message)
  const finishReason = asText(choice?.finish_reason) || 'stop'
  return {
    id: asText(body.id) || 'chatcmpl',
    model: asText(body.model),
    text: readText(message.content),
    // Services have two names for it.
    reasoning: asText(message.reasoning_content) || asText(message.reasoning),
    refusal: asText(message.refusal),
    annotations: asObjects(message.annotations).map(readAnnotation),
    toolCalls: asObjects(message.tool_calls).map((call) => readToolCall(call, finishReason)),
    finishReason,
    usage: readUsage(asObject(body.usage))
  }
}

/** Content is a text, or a list of parts of which some are text. */
export function readText(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  return asObjects(content)
    .map(({ text }) => asText(text))
    .join('')
}

/** A chat writes a citation within its type, and Responses beside it. */
function readAnnotation({ type, ...rest }: JsonObject): JsonObject {
  const inner = rest[asText(type)]
  return { type: type ?? '', ...(isJsonObject(inner) ? inner : rest) }
}

/** A model that wrote no arguments meant none, unless it was cut before it could write them. */
function readToolCall({ id, function: called }: JsonObject, finishReason: string): ToolCall {
  const { name, arguments: given } = asObject(called)
  const none = finishReason === 'length' ? '' : '{}'
  return { id: asText(id), name: asText(name), arguments: asText(given) || none }
}

function readUsage(usage: JsonObject): CompletionUsage {
  return {
    input: asCount(usage.prompt_tokens),
    output: asCount(usage.completion_tokens),
    cached: asCount(asObject(usage.prompt_tokens_details).cached_tokens),
    reasoning: asCount(asObject(usage.completion_tokens_details).reasoning_tokens)
  }
}
