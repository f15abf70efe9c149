import { isJsonObject, type JsonObject } from '@bursar/core'
import { type Completion, readCompletion } from '../openai/read-completion.js'

const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal'
}

/**
 * Translates a chat completion into an answer of Anthropic's Messages.
 *
 * @see https://docs.anthropic.com/en/api/messages
 */
export function chatToMessage(body: JsonObject): JsonObject {
  const completion = readCompletion(body)
  const { id, model, toolCalls, finishReason } = completion
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: contentOf(completion),
    stop_reason: toolCalls.length > 0 ? 'tool_use' : (stopReasons[finishReason] ?? 'end_turn'),
    stop_sequence: null,
    usage: usageOf(completion)
  }
}

function contentOf({ text, toolCalls }: Completion): readonly JsonObject[] {
  return [
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...toolCalls.map(({ id, name, arguments: given }) => ({
      type: 'tool_use',
      id,
      name,
      input: parseInput(given)
    }))
  ]
}

/** Anthropic counts what was read from a cache apart from the rest of the input. */
function usageOf({ usage }: Completion): JsonObject {
  return {
    input_tokens: usage.input - usage.cached,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage.cached,
    output_tokens: usage.output
  }
}

/** A model may write arguments that are not JSON. */
function parseInput(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}
