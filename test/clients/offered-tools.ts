import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { ScriptedToolCall } from '@bursar/gateway'

/** The tools of the four clients that run a command, by name. */
const shells = ['exec_command', 'Bash', 'bash']
/** Those that open a picture. */
const viewers = ['view_image', 'Read', 'read']
/** The tool of `bursar mcp` that pays, by the names that the clients give it. */
const payers = ['mcp__bursar__pay_url', 'bursar_pay_url', 'pay_url']
/** Those that find the tools of MCP servers, which some clients do not offer before. */
const searches = ['ToolSearch', 'tool_search']

/** A call of the offered tool that runs a command. */
export function runCommand(request: JsonObject, command: string): ScriptedToolCall {
  return callOf(request, shells, { command, cmd: command, description: 'Runs it' })
}

/** A call of the offered tool that opens a picture. */
export function openPicture(request: JsonObject, path: string): ScriptedToolCall {
  return callOf(request, viewers, { path, file_path: path, filePath: path, filepath: path })
}

/** A call of the tool that pays; of one that finds it, where it is not offered yet. */
export function payFor(request: JsonObject, url: string): ScriptedToolCall {
  const isOffered = functionsOf(request).some(({ name }) => payers.includes(String(name)))
  return isOffered ? callOf(request, payers, { url }) : callOf(request, searches, { query: 'pay url' })
}

/** Gives a tool those of the values that it has parameters for. */
function callOf(request: JsonObject, names: readonly string[], values: JsonObject): ScriptedToolCall {
  const tool = functionsOf(request).find(({ name }) => names.includes(String(name)))
  if (!tool) return { name: 'no-such-tool', arguments: {} }
  const parameters = isJsonObject(tool.parameters) ? tool.parameters.properties : undefined
  const known = isJsonObject(parameters) ? Object.keys(parameters) : []
  const given = Object.entries(values).filter(([name]) => known.includes(name))
  return { name: String(tool.name), arguments: Object.fromEntries(given) }
}

function functionsOf({ tools }: JsonObject): readonly JsonObject[] {
  return arrayOf(tools).flatMap((tool) =>
    isJsonObject(tool) && isJsonObject(tool.function) ? [tool.function] : []
  )
}

/** An array, or nothing. */
export function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
