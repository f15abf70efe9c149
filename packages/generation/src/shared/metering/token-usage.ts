import { isJsonObject, type JsonObject } from '@bursar/core'
import { objectAt } from '../service/fields.js'

/** Tokens that an answer says it took. `input` leaves those out that a cache gave or took. */
export interface TokenUsage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/**
 * Reads the usage of an answer, or of one event of a stream: OpenAI's chat completions, images and responses,
 * Anthropic's messages, and Gemini's contents.
 */
function readUsage(answer: JsonObject): TokenUsage | undefined {
  const usage = usageIn(answer)
  if (!usage) return geminiUsage(objectAt(answer, 'usageMetadata'))
  const input = countAt(usage, 'input_tokens') ?? countAt(usage, 'prompt_tokens')
  const output = countAt(usage, 'output_tokens') ?? countAt(usage, 'completion_tokens')
  if (input === undefined && output === undefined) return undefined
  const cacheWrite = countAt(usage, 'cache_creation_input_tokens') ?? 0
  const apart = countAt(usage, 'cache_read_input_tokens')
  if (apart !== undefined || cacheWrite > 0)
    return { input: input ?? 0, output: output ?? 0, cacheRead: apart ?? 0, cacheWrite }
  const details = { ...objectAt(usage, 'prompt_tokens_details'), ...objectAt(usage, 'input_tokens_details') }
  const cacheRead = Math.min(countAt(details, 'cached_tokens') ?? 0, input ?? 0)
  return { input: (input ?? 0) - cacheRead, output: output ?? 0, cacheRead, cacheWrite }
}

/** Gemini's own API. Thoughts are written as well. */
function geminiUsage(usage: JsonObject): TokenUsage | undefined {
  const input = countAt(usage, 'promptTokenCount')
  if (input === undefined) return undefined
  const written = (countAt(usage, 'candidatesTokenCount') ?? 0) + (countAt(usage, 'thoughtsTokenCount') ?? 0)
  const cacheRead = Math.min(countAt(usage, 'cachedContentTokenCount') ?? 0, input)
  return { input: input - cacheRead, output: written, cacheRead, cacheWrite: 0 }
}

/**
 * What answers, or events of one stream, tell together: piece by piece, each count growing.
 *
 * @returns `undefined` when nothing was told: no request is without input, and what begins a message is not its end.
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

/** Whether an answer, or an event, tells any usage. */
export function reportsUsage(answer: JsonObject): boolean {
  return usageIn(answer) !== undefined || isJsonObject(answer.usageMetadata)
}

/** Responses put the answer into their last event, and messages into their first. */
function usageIn(answer: JsonObject): JsonObject | undefined {
  const inner = [answer, objectAt(answer, 'response'), objectAt(answer, 'message')]
  return inner.map(({ usage }) => usage).find(isJsonObject)
}

function countAt(object: JsonObject, name: string): number | undefined {
  const value = object[name]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
