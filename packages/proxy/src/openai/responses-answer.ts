import type { JsonObject } from '@bursar/core'
import { piecesOf } from './chat-stream.js'
import { type Completion, readCompletion } from './completion.js'

/** Tells a chat completion as an answer of OpenAI's Responses. */
export function responseOf(body: JsonObject, asked: JsonObject, createdAt: number): JsonObject {
  const completion = readCompletion(body)
  const { id, model, usage } = completion
  const isCut = completion.finishReason === 'length'
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdAt,
    status: isCut ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    metadata: asked.metadata ?? {},
    model,
    output: outputOf(completion),
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    previous_response_id: null,
    store: false,
    temperature: asked.temperature ?? null,
    text: asked.text ?? { format: { type: 'text' } },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: asked.tools ?? [],
    top_p: asked.top_p ?? null,
    truncation: 'disabled',
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output
    }
  }
}

function outputOf({ id, text, toolCalls }: Completion): readonly JsonObject[] {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }]
  const message = { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content }
  return [
    ...(text !== '' || toolCalls.length === 0 ? [message] : []),
    ...toolCalls.map((call, index) => ({
      id: `fc_${id}_${index}`,
      type: 'function_call',
      status: 'completed',
      call_id: call.id,
      name: call.name,
      arguments: call.arguments
    }))
  ]
}

/**
 * Tells an answer as the stream that it would have been.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function responseEvents(response: JsonObject): readonly string[] {
  let sequence = 0
  const event = (type: string, more: JsonObject): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...more })}\n\n`
  const begun = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null }
  const output = response.output as readonly JsonObject[]
  return [
    event('response.created', { response: begun }),
    event('response.in_progress', { response: begun }),
    ...output.flatMap((item, index) => itemEvents(item, index, event)),
    event(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response })
  ]
}

type Tell = (type: string, more: JsonObject) => string

function itemEvents(item: JsonObject, index: number, event: Tell): readonly string[] {
  const at = { item_id: item.id ?? '', output_index: index }
  const empty = item.type === 'message' ? { content: [] } : { arguments: '' }
  const added = event('response.output_item.added', {
    output_index: index,
    item: { ...item, ...empty, status: 'in_progress' }
  })
  const middle = item.type === 'message' ? textEvents(item, at, event) : callEvents(item, at, event)
  return [added, ...middle, event('response.output_item.done', { output_index: index, item })]
}

function textEvents({ content }: JsonObject, at: JsonObject, event: Tell): readonly string[] {
  return (content as readonly JsonObject[]).flatMap((part, index) => {
    const where = { ...at, content_index: index }
    const text = String(part.text)
    return [
      event('response.content_part.added', { ...where, part: { ...part, text: '' } }),
      ...piecesOf(text).map((delta) =>
        event('response.output_text.delta', { ...where, delta, logprobs: [] })
      ),
      event('response.output_text.done', { ...where, text, logprobs: [] }),
      event('response.content_part.done', { ...where, part })
    ]
  })
}

function callEvents({ name, arguments: given }: JsonObject, at: JsonObject, event: Tell): readonly string[] {
  return [
    event('response.function_call_arguments.delta', { ...at, delta: given ?? '' }),
    event('response.function_call_arguments.done', { ...at, name: name ?? '', arguments: given ?? '' })
  ]
}
