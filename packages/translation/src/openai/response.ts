import type { JsonObject } from '@bursar/core'
import { type Completion, readCompletion } from './read-completion.js'

/**
 * Translates a chat completion into an answer of OpenAI's Responses.
 *
 * @param request the request that it answers, some of whose members the answer repeats.
 * @param createdAtSeconds Unix time.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function chatToResponse(body: JsonObject, request: JsonObject, createdAtSeconds: number): JsonObject {
  const completion = readCompletion(body)
  const isCut = completion.finishReason === 'length'
  return {
    id: `resp_${completion.id}`,
    object: 'response',
    created_at: createdAtSeconds,
    status: isCut ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    model: completion.model,
    output: outputOf(completion),
    usage: usageOf(completion),
    ...repeated(request)
  }
}

/** What the answer repeats of the request. */
function repeated(request: JsonObject): JsonObject {
  return {
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    store: false,
    temperature: request.temperature ?? null,
    text: request.text ?? { format: { type: 'text' } },
    tool_choice: request.tool_choice ?? 'auto',
    tools: request.tools ?? [],
    top_p: request.top_p ?? null,
    truncation: 'disabled'
  }
}

function outputOf({ id, text, toolCalls }: Completion): readonly JsonObject[] {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  const message = { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content }
  const calls = toolCalls.map((call, index) => ({
    id: `fc_${id}_${index}`,
    type: 'function_call',
    status: 'completed',
    call_id: call.id,
    name: call.name,
    arguments: call.arguments
  }))
  return text === '' && calls.length > 0 ? calls : [message, ...calls]
}

function usageOf({ usage }: Completion): JsonObject {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cached },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: usage.input + usage.output
  }
}
