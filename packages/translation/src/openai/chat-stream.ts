import type { JsonObject, JsonValue } from '@bursar/core'
import { chunkText } from '../chunk-text.js'
import { asObject, asObjects, asText } from '../json-fields.js'
import { isCompletion, noCompletionWords } from './read-completion.js'
import { readWords, type Words } from './read-words.js'

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
  if (!isCompletion(completion)) return [dataLine(noCompletion(completion))]
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
  // A piece of a stream has texts alone: what else is among the parts has a member of its own there.
  const { text, reasoning, refusal } = Array.isArray(content) ? readWords({ content }) : said(content)
  return [
    {
      ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
      ...(refusal === '' ? {} : { refusal }),
      ...rest,
      role,
      content: ''
    },
    ...chunkText(text).map((each) => ({ content: each })),
    ...asObjects(calls).map((call, index) => ({ tool_calls: [{ index, ...call }] }))
  ]
}

function said(content: JsonValue | undefined): Words {
  return { text: asText(content), reasoning: '', refusal: '' }
}

/** An error as OpenAI's streams have it, of a kind that no client repeats: the answer may have been charged. */
function noCompletion(answer: JsonObject): JsonObject {
  const message = noCompletionWords(answer)
  return { error: { message, type: 'invalid_request_error', param: null, code: 'service_malformed' } }
}

function dataLine(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
