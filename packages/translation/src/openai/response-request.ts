import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { asObject, asText, definedMembers } from '../json-fields.js'
import { noCounterpart } from './no-counterpart.js'
import { inputToMessages } from './response-input.js'

/** Members that mean the same in both APIs. */
const sameInBoth = ['model', 'temperature', 'top_p', 'parallel_tool_calls', 'user', 'seed', 'stop'] as const
/** Members that need what the service has stored, and it stores nothing. */
const stored = ['previous_response_id', 'conversation', 'prompt', 'background'] as const

/**
 * Translates a request of OpenAI's Responses into one of chat completions. What would change the answer and has no
 * counterpart there is rejected by its name, never left out in silence.
 *
 * @throws {InvalidRequest}
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function responsesToChat(body: JsonObject): JsonObject {
  for (const name of stored)
    if (body[name] !== undefined && body[name] !== null && body[name] !== false)
      throw noCounterpart(name, 'nothing is stored here, so send the whole input')
  const { instructions, input, max_output_tokens: maxTokens, tools, tool_choice: choice } = body
  const system = typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : []
  return definedMembers({
    ...Object.fromEntries(sameInBoth.map((name) => [name, body[name]])),
    messages: [...system, ...inputToMessages(input)],
    max_tokens: maxTokens ?? undefined,
    tools: Array.isArray(tools) && tools.length > 0 ? tools.map(toTool) : undefined,
    tool_choice: choice === undefined ? undefined : toChoice(choice),
    response_format: toFormat(asObject(asObject(body.text).format)),
    reasoning_effort: asText(asObject(body.reasoning).effort) || undefined
  })
}

function toTool(tool: JsonValue): JsonObject {
  const { type, name, description, parameters, strict } = asObject(tool)
  if (type !== 'function') throw noCounterpart(`tool of type ${asText(type)}`, 'only functions can be used')
  const members = definedMembers({
    name: name ?? undefined,
    description: description ?? undefined,
    parameters: parameters ?? undefined,
    strict: strict ?? undefined
  })
  return { type: 'function', function: members }
}

function toChoice(choice: JsonValue): JsonValue {
  if (!isJsonObject(choice) || choice.type !== 'function') return choice
  return { type: 'function', function: { name: choice.name ?? '' } }
}

function toFormat({ type, ...schema }: JsonObject): JsonObject | undefined {
  if (type === undefined || type === 'text') return undefined
  return type === 'json_schema' ? { type, json_schema: schema } : { type }
}
