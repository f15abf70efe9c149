import { type JsonObject, parseJsonObject } from '@bursar/core'

/** The name of a search for tools, which has none of its own. */
export const SEARCH_NAME = 'tool_search'

/** Whether a tool, or an item, is a search for tools that are not offered until it finds them, or a call of one. */
export function isSearch({ type }: JsonObject): boolean {
  return type === 'tool_search' || type === 'tool_search_call'
}

/**
 * Whether a search is run by the client, as Codex runs it for the tools of MCP servers. By default OpenAI runs it.
 *
 * @see https://platform.openai.com/docs/guides/tools-tool-search
 */
export function isClientSearch({ type, execution }: JsonObject): boolean {
  return type === 'tool_search' && execution === 'client'
}

/** The members that a call of such a search has beside those of every call. @param given the model's arguments. */
export function searchCall(given: string): JsonObject {
  // What is cut, or is no JSON, goes on as the model wrote it.
  return { type: 'tool_search_call', execution: 'client', arguments: parseJsonObject(given) ?? given }
}

/** The arguments of such a call, as the model wrote them. */
export function searchArguments({ arguments: given = {} }: JsonObject): string {
  return typeof given === 'string' ? given : JSON.stringify(given)
}

/** What the model is told of what a search found. @param names by which it calls the tools. */
export function foundText(names: readonly string[]): string {
  return names.length === 0
    ? 'No tool was found.'
    : `These tools can be called from now on: ${names.join(', ')}`
}
