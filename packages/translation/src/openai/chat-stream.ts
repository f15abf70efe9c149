import type { JsonObject } from '@bursar/core'
import { chunkText } from '../chunk-text.js'
import { asObject, asObjects } from '../json-fields.js'
import { readText } from './read-completion.js'

/**
 * Writes a chat completion as the stream that it would have been.
 *
 * @param options `includeUsage`: whether the client asked for a last chunk with the usage (`stream_options.include_usage`).
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function chatEvents(
  completion: JsonObject,
  { includeUsage }: { readonly includeUsage: boolean }
): readonly string[] {
  const { choices, usage = null, object: _, ...about } = completion
  const chunkOf = (choicesOfChunk: readonly JsonObject[]): JsonObject => ({
    ...about,
    object: 'chat.completion.chunk',
    choices: choicesOfChunk,
    ...(includeUsage ? { usage: null } : {})
  })
  const chunks = asObjects(choices).flatMap((choice, at) =>
    choiceChunks(choice, at).map((each) => chunkOf([each]))
  )
  const last = includeUsage ? [{ ...chunkOf([]), usage }] : []
  return [...[...chunks, ...last].map(dataLine), 'data: [DONE]\n\n']
}

/** One choice as the pieces that a stream would have brought. */
function choiceChunks(choice: JsonObject, at: number): readonly JsonObject[] {
  const { index: given, message, finish_reason: reason, ...rest } = choice
  const index = typeof given === 'number' ? given : at
  return [
    ...deltasOf(asObject(message)).map((delta) => ({ index, delta, finish_reason: null })),
    // What else is said of a choice, such as its `logprobs`, comes with the end of it.
    { ...rest, index, delta: {}, finish_reason: reason ?? 'stop' }
  ]
}

function deltasOf(message: JsonObject): readonly JsonObject[] {
  const { content, tool_calls: calls, role = 'assistant', ...rest } = message
  return [
    { ...rest, role, content: '' },
    ...chunkText(readText(content)).map((text) => ({ content: text })),
    ...asObjects(calls).map((call, index) => ({ tool_calls: [{ index, ...call }] }))
  ]
}

function dataLine(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
