import { isJsonObject, type JsonObject, type JsonValue, stringifyExact } from '@bursar/core'
import { assertCallable } from '../callable-tool.js'
import { invalidRequest } from '../invalid-request.js'
import { asObjects, asText, definedMembers, objectsIn } from '../json-fields.js'
import { customFunction } from './custom-tool.js'
import { noCounterpart } from './no-counterpart.js'
import { type NamedTool, ToolNames } from './tool-names.js'
import { isClientSearch, isSearch, SEARCH_NAME } from './tool-search.js'

/** A tool that the client runs. */
export interface ClientTool extends NamedTool {
  /** A function takes JSON, a custom tool a text. A search finds tools that are not offered until then. */
  readonly kind: 'function' | 'custom' | 'search'
}

/** The tools of a request of Responses, as a chat has them. */
export interface ResponseTools {
  readonly names: ToolNames<ClientTool>
  /** The functions that are offered to the model. */
  readonly functions: readonly JsonObject[]
  readonly choice: JsonValue | undefined
  /** The types of tools that OpenAI would run, which nobody runs here. */
  readonly leftOut: readonly string[]
}

/**
 * Reads the tools of a request. Those that OpenAI runs are left out where the model may choose others.
 *
 * @throws {InvalidRequest} where one of them is forced, or nothing else is offered.
 */
export function readTools({ tools, tool_choice: choice = null, input }: JsonObject): ResponseTools {
  const additional = asObjects(input).filter(({ type = '' }) => bringTools.includes(type))
  const listed = [tools, ...additional.map((item) => item.tools)].flatMap(unfoldAll)
  const names = new ToolNames<ClientTool>()
  const offered = listed.map((tool) => offer(tool, names)).filter(isJsonObject)
  const leftOut = listed.flatMap((tool) => (kindOf(tool) ? [] : [asText(tool.type)]))
  if (leftOut[0] !== undefined && offered.length === 0 && choice !== 'none') throw runByOpenAi(leftOut[0])
  return { names, leftOut: [...new Set(leftOut)], ...chosen(offered, choice, names) }
}

/** The items that bring tools, of which the latter are what a search found. */
const bringTools: readonly JsonValue[] = ['additional_tools', 'tool_search_output']

/** Tools, with the members of each namespace in its place. @throws {InvalidRequest} */
export function unfoldAll(tools: JsonValue | undefined): readonly JsonObject[] {
  return objectsIn(tools, 'tools').flatMap(unfold)
}

/** The members of a namespace, the first of which brings what the namespace says of itself. */
function unfold(tool: JsonObject): readonly JsonObject[] {
  const { type, name, description } = tool
  if (type !== 'namespace') return [tool]
  return objectsIn(tool.tools, `tools: the tools of ${asText(name).slice(0, 64)}`).map((member, index) => {
    const words =
      index === 0 ? [asText(description), asText(member.description)] : [asText(member.description)]
    return {
      ...member,
      namespace: name ?? null,
      description: words.filter((each) => each !== '').join('\n\n')
    }
  })
}

/** @returns nothing for a tool that the client does not run. */
function kindOf(tool: JsonObject): ClientTool['kind'] | undefined {
  const { type } = tool
  if (type === 'function' || type === 'custom') return type
  return isClientSearch(tool) ? 'search' : undefined
}

/** @returns nothing for a tool that is offered already, or that the client does not run. */
function offer(tool: JsonObject, names: ToolNames<ClientTool>): JsonObject | undefined {
  const { parameters, strict } = tool
  const kind = kindOf(tool)
  if (kind === undefined) return undefined
  assertCallable(tool)
  const name = names.add({ kind, ...namedTool(tool) })
  if (name === undefined) return undefined
  if (kind === 'custom') return customFunction(tool, name)
  const members = definedMembers({
    name,
    description: describe(tool) || undefined,
    parameters: parameters ?? undefined,
    strict: strict ?? undefined
  })
  return { type: 'function', function: members }
}

/** A chat has no place for the shape of what a function returns but its description. */
function describe({ description, output_schema: schema }: JsonObject): string {
  const words = isJsonObject(schema) ? `It returns JSON of this schema:\n${stringifyExact(schema)}` : ''
  return [asText(description), words].filter((each) => each !== '').join('\n\n')
}

/** The name of a tool, or of a call of one. */
export function namedTool(tool: JsonObject): NamedTool {
  if (isSearch(tool)) return { name: SEARCH_NAME }
  const { name, namespace } = tool
  return typeof namespace === 'string' && namespace !== ''
    ? { name: asText(name), namespace }
    : { name: asText(name) }
}

function chosen(
  functions: readonly JsonObject[],
  choice: JsonValue,
  names: ToolNames<ClientTool>
): Pick<ResponseTools, 'functions' | 'choice'> {
  if (choice === null) return { functions, choice: undefined }
  if (!isJsonObject(choice)) return { functions, choice: modeOf(choice, 'tool_choice') }
  const { type } = choice
  const canBeChosen = (tool: JsonObject): boolean =>
    isSearch(tool) ? names.has(namedTool(tool)) : kindOf(tool) !== undefined
  if (canBeChosen(choice))
    return { functions, choice: { type: 'function', function: { name: nameIn(choice, names) } } }
  if (type !== 'allowed_tools') throw runByOpenAi(asText(type))
  const allowed = asObjects(choice.tools)
    .filter(canBeChosen)
    .map((tool) => nameIn(tool, names))
  if (allowed.length === 0) throw runByOpenAi(asText(asObjects(choice.tools)[0]?.type))
  const isAllowed = (tool: JsonObject): boolean =>
    isJsonObject(tool.function) && allowed.includes(asText(tool.function.name))
  const mode = modeOf(choice.mode ?? 'auto', 'tool_choice.mode')
  return { functions: functions.filter(isAllowed), choice: mode }
}

/** @throws {InvalidRequest} */
function modeOf(mode: JsonValue, field: string): JsonValue {
  if (mode === 'auto' || mode === 'none' || mode === 'required') return mode
  throw invalidRequest(`${field} must be auto, none or required`)
}

function nameIn(choice: JsonObject, names: ToolNames<ClientTool>): string {
  const tool = namedTool(choice)
  if (names.has(tool)) return names.nameOf(tool)
  throw invalidRequest(`tool_choice names ${tool.name.slice(0, 64)}, which is not among the tools`)
}

function runByOpenAi(type: string): Error {
  return noCounterpart(`A tool of type ${type.slice(0, 40)}`, 'only functions and custom tools can be used')
}
