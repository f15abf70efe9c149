import type { JsonObject } from '@bursar/core'

/** The parameters of the tool in these samples. */
export const parameters = { type: 'object', properties: { city: { type: 'string' } } }

/** The tool, as chat completions describe it. */
export const chatTool = {
  type: 'function',
  function: { name: 'weather', description: 'Tells it', parameters }
}

/** A call of the tool, as chat completions write it. */
export const toolCall = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Oslo"}' }
}

/** The answer of a model that calls the tool. No service of the local stack calls tools. */
export const callingCompletion: JsonObject = {
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Let me look.', tool_calls: [toolCall] },
      finish_reason: 'tool_calls'
    }
  ],
  usage: {
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    prompt_tokens_details: { cached_tokens: 4 }
  }
}

/** An answer of one choice. */
export function completionOf(message: JsonObject, finishReason = 'stop'): JsonObject {
  return { ...callingCompletion, choices: [{ index: 0, message, finish_reason: finishReason }] }
}
