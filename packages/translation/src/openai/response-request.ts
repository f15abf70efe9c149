import type { JsonObject, JsonValue } from '@bursar/core'
import { asObject, asText, definedMembers } from '../json-fields.js'
import { assertParameters, assertShape } from '../parameters.js'
import { noCounterpart } from './no-counterpart.js'
import { inputToMessages } from './response-input.js'
import { responseParameters } from './response-parameters.js'
import { readTools } from './response-tools.js'

/** Members that mean the same in both APIs. */
const sameInBoth = [
  ...['model', 'temperature', 'top_p', 'user', 'seed', 'stop', 'frequency_penalty', 'presence_penalty']
] as const

/**
 * Translates a request of OpenAI's Responses into one of chat completions. What would change the answer and has no
 * counterpart there is refused by its name, never left out in silence.
 *
 * @throws {InvalidRequest}
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function responsesToChat(body: JsonObject): JsonObject {
  assertParameters(body, responseParameters)
  const { instructions, input, max_output_tokens: maxTokens, previous_response_id: previous } = body
  if (previous !== undefined && previous !== null)
    throw noCounterpart('previous_response_id', 'nothing is stored here, so send the whole input')
  const tools = readTools(body)
  assertIncluded(body, tools)
  const system = typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : []
  const { format, verbosity } = asObject(body.text)
  return definedMembers({
    ...Object.fromEntries(sameInBoth.map((name) => [name, body[name] ?? undefined])),
    messages: [...system, ...inputToMessages(input, tools)],
    max_tokens: maxTokens ?? undefined,
    ...toolMembers(body, tools),
    response_format: toFormat(asObject(format)),
    verbosity: verbosity ?? undefined,
    reasoning_effort: asText(asObject(body.reasoning).effort) || undefined
  })
}

/** Looks at a request of Responses that a service answers itself. @throws {InvalidRequest} that names the field. */
export function assertResponsesRequest(body: JsonObject): void {
  assertShape(body, responseParameters)
}

/** What is wanted of the calls of a tool that is left out is left out with it: SDKs that offer the tool ask for it themselves. */
function assertIncluded({ include }: JsonObject, { leftOut }: ReturnType<typeof readTools>): void {
  const ofLeftOut = (wanted: string): boolean => {
    const [, tool] = /^(\w+?)_call(?:_output)?\./.exec(wanted) ?? []
    return tool !== undefined && leftOut.some((type) => type.startsWith(tool))
  }
  const other = Array.isArray(include)
    ? include.find((each) => each !== 'reasoning.encrypted_content' && !ofLeftOut(asText(each)))
    : undefined
  if (other !== undefined)
    throw noCounterpart(`include: ${JSON.stringify(other).slice(0, 60)}`, 'leave it out')
}

/** Services refuse what is said of tools where there are none. */
function toolMembers(
  { parallel_tool_calls: parallel }: JsonObject,
  { functions, choice }: ReturnType<typeof readTools>
): Readonly<Record<string, JsonValue | undefined>> {
  if (functions.length > 0)
    return { tools: functions, tool_choice: choice, parallel_tool_calls: parallel ?? undefined }
  return { tool_choice: choice === 'auto' || choice === 'none' ? undefined : choice }
}

function toFormat({ type, ...schema }: JsonObject): JsonObject | undefined {
  if (type === undefined || type === 'text') return undefined
  if (type === 'json_schema') return { type, json_schema: schema }
  if (type === 'json_object') return { type }
  throw noCounterpart(`text.format of type ${asText(type).slice(0, 40)}`, 'use json_schema, or leave it out')
}
