import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'

/** A chat completion, as far as answers in other APIs are made from it. */
export interface Completion {
  readonly id: string
  readonly model: string
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
  /** `stop`, `length`, `tool_calls`, `content_filter`. */
  readonly finishReason: string
  readonly usage: {
    readonly input: number
    readonly output: number
    readonly cached: number
    readonly reasoning: number
  }
}

/** A function that the model wants called. */
interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON, as the model wrote it. */
  readonly arguments: string
}

/** Reads the first choice of a chat completion. What is missing is empty. */
export function readCompletion(body: JsonObject): Completion {
  const [choice] = objectsIn(body.choices)
  const message = objectOf(choice?.message)
  const usage = objectOf(body.usage)
  return {
    id: textOf(body.id) || 'chatcmpl',
    model: textOf(body.model),
    text: contentText(message.content),
    toolCalls: objectsIn(message.tool_calls).map(({ id, function: called }) => ({
      id: textOf(id),
      name: textOf(objectOf(called).name),
      arguments: textOf(objectOf(called).arguments) || '{}'
    })),
    finishReason: textOf(choice?.finish_reason) || 'stop',
    usage: {
      input: countOf(usage.prompt_tokens),
      output: countOf(usage.completion_tokens),
      cached: countOf(objectOf(usage.prompt_tokens_details).cached_tokens),
      reasoning: countOf(objectOf(usage.completion_tokens_details).reasoning_tokens)
    }
  }
}

/** Content is text, or parts of which some are text. */
function contentText(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  return objectsIn(content)
    .map(({ text }) => textOf(text))
    .join('')
}

/** What of a value is objects. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

/** The value if it is an object, else an empty one. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** The value if it is text, else none. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function countOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && value >= 0 ? value : 0
}
