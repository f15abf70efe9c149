import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { asCount, asObject, asObjects, asText } from '../json-fields.js'
import { customArguments } from './custom-tool.js'
import { readWords, type Words } from './read-words.js'

/** The parts of a chat completion from which answers of other APIs are made. */
export interface Completion extends Words {
  readonly id: string
  readonly model: string
  /** Where the text has its sources. */
  readonly annotations: readonly JsonObject[]
  readonly toolCalls: readonly ToolCall[]
  /** `stop`, `length`, `tool_calls`, `content_filter`. */
  readonly finishReason: string
  /** The text at which it was to stop and did, where the service tells it; empty where not. */
  readonly stopText: string
  readonly usage: CompletionUsage
}

/** In tokens. */
interface CompletionUsage {
  readonly input: number
  readonly output: number
  /** The part of the input that was read from a cache. */
  readonly cached: number
  /** The part of the input that was written to one. */
  readonly cacheWritten: number
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
    ...readWords(message),
    annotations: annotationsOf(message, body),
    toolCalls: callsIn(message).map((call) => readToolCall(call, finishReason)),
    finishReason,
    stopText: asText(choice?.stop_reason),
    usage: readUsage(asObject(body.usage))
  }
}

/** Whether there is an answer in it: a service that failed may say so with a status of success. */
export function isCompletion(body: JsonObject): boolean {
  return asObjects(body.choices).length > 0
}

/** Says of such an answer what it is, with the service's own words where there are some. */
export function noCompletionWords({ error }: JsonObject): string {
  const words = asText(error) || asText(asObject(error).message)
  return `The service answered with no completion${words === '' ? '' : `: ${words.slice(0, 500)}`}`
}

/** Older services call one function, beside the list. */
function callsIn({ tool_calls: calls, function_call: called }: JsonObject): readonly JsonObject[] {
  return [...asObjects(calls), ...(isJsonObject(called) ? [{ function: called }] : [])]
}

/** Some services name the sources of the whole text alone. */
function annotationsOf({ annotations }: JsonObject, { citations }: JsonObject): readonly JsonObject[] {
  const named = asObjects(annotations).map(readAnnotation)
  if (named.length > 0 || !Array.isArray(citations)) return named
  const urls = citations.map((each) => asText(each)).filter((each) => each !== '')
  return urls.map((url) => ({ type: 'url_citation', url, title: url, start_index: 0, end_index: 0 }))
}

/** A chat writes a citation within its type, and Responses beside it. */
function readAnnotation({ type, ...rest }: JsonObject): JsonObject {
  const inner = rest[asText(type)]
  return { type: type ?? '', ...(isJsonObject(inner) ? inner : rest) }
}

/** A model that wrote no arguments meant none, unless it was cut before it could write them. */
function readToolCall({ id, function: called, custom }: JsonObject, finishReason: string): ToolCall {
  const { name, arguments: given, input } = asObject(custom ?? called)
  const none = finishReason === 'length' ? '' : '{}'
  const written = isJsonObject(custom) ? customArguments(asText(input)) : writtenArguments(given)
  return { id: asText(id), name: asText(name), arguments: written || none }
}

/** Arguments are JSON as text. Some services write the object itself. */
export function writtenArguments(given: JsonValue | undefined): string {
  return isJsonObject(given) ? JSON.stringify(given) : asText(given)
}

/** OpenAI counts what was read from a cache, or written to one, within the input, and Anthropic beside it. */
function readUsage(usage: JsonObject): CompletionUsage {
  const { cache_read_input_tokens: readApart, cache_creation_input_tokens: written } = usage
  const cacheWritten = asCount(written)
  const isApart = readApart !== undefined || cacheWritten > 0
  const cached = isApart ? asCount(readApart) : asCount(asObject(usage.prompt_tokens_details).cached_tokens)
  return {
    input: asCount(usage.prompt_tokens) + (isApart ? cached + cacheWritten : 0),
    output: asCount(usage.completion_tokens),
    cached,
    cacheWritten,
    reasoning: asCount(asObject(usage.completion_tokens_details).reasoning_tokens)
  }
}
