import type { JsonObject } from '@bursar/core'
import type { Dimensions } from '../../images/dimensions.js'
import { answerTo } from '../../texts/reply.js'
import type { ChatSpec } from './chat-request.js'
import { firstTokens, tokensOf } from './count-tokens.js'
import type { ReplyContent, ScriptedToolCall } from './scripted-reply.js'

/** A tool call as it is sent. @see OpenAI's API reference, chat completions */
export interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON text. */
  readonly arguments: string
}

/** What a model writes. */
export interface Completion {
  readonly content: string | null
  readonly refusal: string | null
  readonly reasoning: string
  readonly toolCalls: readonly ToolCall[]
  /** Of all answers of the request, reasoning included. */
  readonly completionTokens: number
  readonly reasoningTokens: number
  readonly finishReason: 'stop' | 'length' | 'tool_calls'
}

/** The reply without a script: repeats the question, and says which images it was shown. */
export function echo({ question }: ChatSpec, shown: readonly Dimensions[]): ReplyContent {
  const images = shown.map(({ width, height }) => ` (with an image of ${width} x ${height})`)
  return { content: answerTo(question) + images.join('') }
}

/**
 * Writes a reply, up to the number of tokens that the request allows: first what the model thinks, then what it says.
 * The same reply gets the same completion.
 */
export function complete(spec: ChatSpec, reply: ReplyContent, newId: () => string): Completion {
  const { maxOutputTokens, answers, measure } = spec
  const text = reply.json === undefined ? reply.content : JSON.stringify(reply.json)
  const toolCalls = toolCallsOf(reply, newId)
  const reasoning = firstTokens(reply.reasoning ?? '', maxOutputTokens, measure)
  const reasoningTokens = tokensOf(reasoning, measure)
  const content = text === undefined ? null : firstTokens(text, maxOutputTokens - reasoningTokens, measure)
  const isCut = reply.isCut || reasoning !== (reply.reasoning ?? '') || content !== (text ?? null)
  const written = [content ?? '', reply.refusal ?? '', ...toolCalls.map((call) => call.arguments)].join('')
  return {
    content,
    refusal: reply.refusal ?? null,
    reasoning,
    toolCalls,
    completionTokens: (tokensOf(written, measure) + reasoningTokens) * answers,
    reasoningTokens: reasoningTokens * answers,
    finishReason: finishReasonOf(toolCalls, { isCut, isCutByScript: reply.isCut ?? false })
  }
}

/** A call is sent whole, unless the script cuts it. */
function finishReasonOf(
  { length }: readonly ToolCall[],
  { isCut, isCutByScript }: { readonly isCut: boolean; readonly isCutByScript: boolean }
): Completion['finishReason'] {
  if (length > 0 && !isCutByScript) return 'tool_calls'
  return isCut ? 'length' : 'stop'
}

function toolCallsOf({ toolCalls = [], isCut }: ReplyContent, newId: () => string): readonly ToolCall[] {
  const calls = toolCalls.map((call) => toToolCall(call, newId))
  const last = calls.at(-1)
  if (!isCut || !last) return calls
  const { arguments: text } = last
  return [...calls.slice(0, -1), { ...last, arguments: text.slice(0, Math.floor(text.length / 2)) }]
}

function toToolCall(call: ScriptedToolCall, newId: () => string): ToolCall {
  return { id: call.id ?? `call_${newId()}`, name: call.name, arguments: JSON.stringify(call.arguments) }
}

/** The message of a completion, in OpenAI's shape. */
export function messageOf({ content, refusal, reasoning, toolCalls }: Completion): JsonObject {
  return {
    role: 'assistant',
    content,
    refusal,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toolCallJson) })
  }
}

/** A tool call in OpenAI's shape. */
export function toolCallJson({ id, name, arguments: text }: ToolCall): JsonObject {
  return { id, type: 'function', function: { name, arguments: text } }
}
