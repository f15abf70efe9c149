import type { JsonObject } from '@bursar/core'
import { customInput } from './custom-tool.js'
import { type Completion, readCompletion, type ToolCall } from './read-completion.js'
import { reasoningItem, wantsEncrypted } from './reasoning-item.js'
import { type ClientTool, readTools } from './response-tools.js'
import type { ToolNames } from './tool-names.js'
import { searchCall } from './tool-search.js'

/** What an answer has of its own. */
export interface ResponseDetails {
  /** Unique among answers. The ids of its items are made from it. */
  readonly id: string
  /** Unix time. */
  readonly createdAtSeconds: number
}

/** Why an answer is not whole, by why the model stopped. */
const incompleteReasons: Readonly<Record<string, string>> = {
  length: 'max_output_tokens',
  content_filter: 'content_filter'
}

/**
 * Translates a chat completion into an answer of OpenAI's Responses.
 *
 * @param request the request that it answers: it names the tools, and the answer repeats some of its members.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function chatToResponse(body: JsonObject, request: JsonObject, details: ResponseDetails): JsonObject {
  const completion = readCompletion(body)
  const reason = incompleteReasons[completion.finishReason]
  const items = outputOf(completion, request, details.id)
  const output = reason === undefined ? items : markLast(items)
  return {
    ...begunResponse(request, details),
    status: reason === undefined ? 'completed' : 'incomplete',
    incomplete_details: reason === undefined ? null : { reason },
    ...(request.model === undefined ? { model: completion.model } : {}),
    output,
    usage: usageOf(completion)
  }
}

/** An answer of which nothing is known yet. */
export function begunResponse(request: JsonObject, { id, createdAtSeconds }: ResponseDetails): JsonObject {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdAtSeconds,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    model: request.model ?? '',
    output: [],
    usage: null,
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
    previous_response_id: request.previous_response_id ?? null,
    reasoning: request.reasoning ?? { effort: null, summary: null },
    store: false,
    temperature: request.temperature ?? null,
    text: request.text ?? { format: { type: 'text' } },
    tool_choice: request.tool_choice ?? 'auto',
    tools: request.tools ?? [],
    top_p: request.top_p ?? null,
    truncation: 'disabled'
  }
}

/** Of an answer that is not whole, what came last is not whole. */
function markLast(items: readonly JsonObject[]): readonly JsonObject[] {
  return items.map((item, index) => (index === items.length - 1 ? { ...item, status: 'incomplete' } : item))
}

function outputOf(completion: Completion, request: JsonObject, id: string): readonly JsonObject[] {
  const { text, refusal, reasoning, toolCalls, finishReason } = completion
  const { names } = readTools(request)
  const thought = reasoning === '' ? [] : [reasoningItem(`rs_${id}`, reasoning, wantsEncrypted(request))]
  const calls = toolCalls.map((call, index) => callItem(call, `${id}_${index}`, names))
  const isSilent = text === '' && refusal === ''
  // A model that said nothing at all has said an empty text, unless it was cut while it was thinking.
  const hasOther = calls.length > 0 || (thought.length > 0 && finishReason === 'length')
  return [...thought, ...(isSilent && hasOther ? [] : [messageItem(completion, id)]), ...calls]
}

function messageItem({ text, refusal, annotations }: Completion, id: string): JsonObject {
  const said = { type: 'output_text', text, annotations, logprobs: [] }
  const refused = { type: 'refusal', refusal }
  const content = refusal === '' ? [said] : text === '' ? [refused] : [said, refused]
  return { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content }
}

function callItem(call: ToolCall, id: string, names: ToolNames<ClientTool>): JsonObject {
  const tool: ClientTool = names.find(call.name) ?? { kind: 'function', name: call.name }
  const { kind, name, namespace } = tool
  const from = namespace === undefined ? {} : { namespace }
  const call_id = call.id || `call_${id}`
  if (kind === 'search')
    return { id: `tsc_${id}`, status: 'completed', call_id, ...searchCall(call.arguments) }
  const about = { status: 'completed', call_id, name, ...from }
  return kind === 'custom'
    ? { id: `ctc_${id}`, type: 'custom_tool_call', ...about, input: customInput(call.arguments) }
    : { id: `fc_${id}`, type: 'function_call', ...about, arguments: call.arguments }
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
