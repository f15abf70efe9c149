import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { asText } from '../json-fields.js'

/** A block of a tool's result that lets the model call a tool which was deferred until then. */
export function isToolReference({ type, tool_name: name }: JsonObject): boolean {
  return type === 'tool_reference' && typeof name === 'string' && name !== ''
}

/** What the model is told of it. */
export function toolReferenceText({ tool_name: name }: JsonObject): string {
  return `The tool ${asText(name)} can be called from now on.`
}

/**
 * The tools that a model may know of: without those that are deferred until a search finds them (`defer_loading`). Where
 * Anthropic's own search is offered, which does not run here, all of them are shown.
 *
 * @param offered those whose input the request describes.
 * @param others those that Anthropic defines.
 * @see https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/tool-search-tool
 */
export function withoutDeferred(
  offered: readonly JsonObject[],
  others: readonly JsonObject[],
  messages: JsonValue | undefined
): readonly JsonObject[] {
  if (!offered.some(isDeferred) || others.some(isSearch)) return offered
  const found = foundTools(messages)
  return offered.filter((tool) => !isDeferred(tool) || found.has(asText(tool.name)))
}

function isDeferred({ defer_loading: isDeferred }: JsonObject): boolean {
  return isDeferred === true
}

function isSearch({ type }: JsonObject): boolean {
  return asText(type).startsWith('tool_search_tool')
}

/** The names of the tools that results refer to. */
function foundTools(messages: JsonValue | undefined): ReadonlySet<string> {
  const results = listOf(messages)
    .flatMap(({ content }) => listOf(content))
    .filter(({ type }) => type === 'tool_result')
  const blocks = results.flatMap(({ content }) => listOf(content)).filter(isToolReference)
  return new Set(blocks.map(({ tool_name: name }) => asText(name)))
}

/** The objects of a list. What is malformed is refused where it is translated. */
function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}
