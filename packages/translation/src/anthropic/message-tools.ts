import { type JsonObject, type JsonValue, stringifyExact } from '@bursar/core'
import { assertCallable } from '../callable-tool.js'
import { invalidRequest } from '../invalid-request.js'
import { asObject, asObjects, asText, definedMembers, objectsIn } from '../json-fields.js'
import { withoutDeferred } from './deferred-tools.js'

/** The tools of a request of Messages, as a chat has them. */
export interface MessageTools {
  /** Members of the request: `tools`, `tool_choice`, `parallel_tool_calls`. */
  readonly members: JsonObject
  /** The types of tools that Anthropic defines, which are not offered to the model. */
  readonly leftOut: readonly string[]
}

/**
 * Reads the tools of a request. Those that Anthropic defines are left out where the model may choose others.
 *
 * @throws {InvalidRequest} where one of them is forced, or nothing else is offered.
 */
export function readMessageTools({ tools, tool_choice: given, messages }: JsonObject): MessageTools {
  const choice = asObject(given)
  const listed = objectsIn(tools, 'tools')
  const others = listed.filter((tool) => !isOfClient(tool))
  const offered = withoutDeferred(listed.filter(isOfClient), others, messages)
  const [other] = others
  const forced = choice.type === 'tool' ? others.find(({ name }) => name === choice.name) : undefined
  if (forced) throw definedByAnthropic(forced)
  if (other && offered.length === 0 && choice.type !== 'none') throw definedByAnthropic(other)
  const members =
    offered.length === 0
      ? {}
      : definedMembers({ tools: offered.map(toFunction), ...toChoice(choice, offered) })
  return { members, leftOut: [...new Set(others.map(({ type }) => asText(type)))] }
}

/** A tool whose input the request describes. */
function isOfClient({ type }: JsonObject): boolean {
  return type === undefined || type === null || type === 'custom'
}

function definedByAnthropic({ type }: JsonObject): Error {
  const what = `A tool of type ${asText(type).slice(0, 40)} has no counterpart`
  return invalidRequest(`${what}: only tools with an input_schema can be used`, 'unsupported')
}

function toFunction(tool: JsonObject): JsonObject {
  const { name, input_schema: parameters, strict } = tool
  if (typeof name !== 'string' || name === '') throw invalidRequest('tools: each needs a name')
  assertCallable(tool)
  const members = definedMembers({
    name,
    description: describe(tool) || undefined,
    parameters: parameters ?? { type: 'object', properties: {} },
    strict: strict ?? undefined
  })
  return { type: 'function', function: members }
}

/** A chat has no place for examples of a tool's input but its description. */
function describe({ description, input_examples: examples }: JsonObject): string {
  const shown = asObjects(examples).map((example) => stringifyExact(example))
  const words = shown.length === 0 ? '' : `Examples of its input:\n${shown.join('\n')}`
  return [asText(description), words].filter((each) => each !== '').join('\n\n')
}

function toChoice(
  { type, name, disable_parallel_tool_use: noParallel }: JsonObject,
  offered: readonly JsonObject[]
): Readonly<Record<string, JsonValue | undefined>> {
  const parallel = noParallel === true ? { parallel_tool_calls: false } : {}
  if (type === undefined) return parallel
  if (type !== 'tool') return { tool_choice: choiceOf(asText(type)), ...parallel }
  if (!offered.some((tool) => tool.name === name))
    throw invalidRequest(`tool_choice names ${asText(name).slice(0, 64)}, which is not among the tools`)
  return { tool_choice: { type: 'function', function: { name: asText(name) } }, ...parallel }
}

const choices: Readonly<Record<string, string>> = { auto: 'auto', any: 'required', none: 'none' }

function choiceOf(type: string): string {
  const choice = Object.hasOwn(choices, type) ? choices[type] : undefined
  if (choice !== undefined) return choice
  throw invalidRequest('tool_choice.type must be auto, any, tool or none')
}
