import type { JsonObject, TokenCounts } from '@bursar/core'
import type * as z from 'zod/mini'
import { count, object } from '../wire/tolerant-schemas.js'

/** Tokens that an answer reports. `input` leaves those out that were read from a cache or written to one. */
export interface TokenUsage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

const cached = object({ cached_tokens: count })

/** The usage of OpenAI's chat completions, images and responses, and of Anthropic's messages. */
const usage = object({
  input_tokens: count,
  prompt_tokens: count,
  output_tokens: count,
  completion_tokens: count,
  cache_creation_input_tokens: count,
  cache_read_input_tokens: count,
  prompt_tokens_details: cached,
  input_tokens_details: cached
})

/** Responses put their usage into the last event, and messages into the first. */
const schema = object({
  usage,
  response: object({ usage }),
  message: object({ usage }),
  usageMetadata: object({
    promptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    cachedContentTokenCount: count
  })
})

type Answer = z.output<typeof schema>

/** Reads the usage of an answer, or of one event of a stream. */
function readUsage(answer: JsonObject): TokenUsage | undefined {
  const parsed = schema.parse(answer)
  const reported = [parsed.usage, parsed.response.usage, parsed.message.usage].map(readOpenUsage)
  return reported.find((each) => each !== undefined) ?? readGeminiUsage(parsed.usageMetadata)
}

function readOpenUsage(reported: Answer['usage']): TokenUsage | undefined {
  const input = reported.input_tokens ?? reported.prompt_tokens
  const output = reported.output_tokens ?? reported.completion_tokens
  if (input === undefined && output === undefined) return undefined
  const { cache_creation_input_tokens: cacheWrite = 0, cache_read_input_tokens: apart } = reported
  // Anthropic counts what a cache gave or took beside the input, OpenAI within it.
  if (apart !== undefined || cacheWrite > 0)
    return { input: input ?? 0, output: output ?? 0, cacheRead: apart ?? 0, cacheWrite }
  const { prompt_tokens_details: prompt, input_tokens_details: details } = reported
  const cacheRead = Math.min(details.cached_tokens ?? prompt.cached_tokens ?? 0, input ?? 0)
  return { input: (input ?? 0) - cacheRead, output: output ?? 0, cacheRead, cacheWrite }
}

/** Gemini's own API. Thoughts are written as well. */
function readGeminiUsage(reported: Answer['usageMetadata']): TokenUsage | undefined {
  const { promptTokenCount: input, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = reported
  if (input === undefined) return undefined
  const cacheRead = Math.min(reported.cachedContentTokenCount ?? 0, input)
  const output = candidatesTokenCount + thoughtsTokenCount
  return { input: input - cacheRead, output, cacheRead, cacheWrite: 0 }
}

/**
 * What answers, or the events of one stream, report together: events repeat counts that grow.
 *
 * @returns `undefined` when there is no usage: no request is without input, and the start of a message is not its end.
 */
export function usageOf(answers: readonly JsonObject[]): TokenUsage | undefined {
  if (answers.every(({ type }) => type === 'message_start')) return undefined
  const usage = answers.map(readUsage).reduce((before, after) => {
    if (!before || !after) return after ?? before
    return {
      input: Math.max(before.input, after.input),
      output: Math.max(before.output, after.output),
      cacheRead: Math.max(before.cacheRead, after.cacheRead),
      cacheWrite: Math.max(before.cacheWrite, after.cacheWrite)
    }
  }, undefined)
  return usage && usage.input + usage.cacheRead + usage.cacheWrite > 0 ? usage : undefined
}

/** What answers report together, as the record keeps it: input from a cache, or into one, is input. */
export function tokensOf(answers: readonly JsonObject[]): TokenCounts | undefined {
  const usage = usageOf(answers)
  if (!usage) return undefined
  const { input, cacheRead, cacheWrite, output } = usage
  return { input: input + cacheRead + cacheWrite, output }
}

/** Whether an answer, or an event, reports a usage. */
export function reportsUsage(answer: JsonObject): boolean {
  return readUsage(answer) !== undefined
}
