import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'

/** Fields that have the service search or run something, which it bills beside the tokens. */
const fields = ['web_search_options', 'search_parameters', 'plugins', 'mcp_servers']

/** Tools that the caller runs: the service bills their tokens, and nothing else. */
const callersTools = /^(?:function|custom|local_shell|apply_patch|(?:bash|text_editor|computer|memory)_\d+)$/

/** Finds a tool that the service itself runs, by its name; `undefined` when the caller runs them all. */
export function findHostedTool(body: JsonObject): string | undefined {
  const field = fields.find((name) => (body[name] ?? null) !== null)
  if (field !== undefined) return field
  return firstHosted([...listOf(body.tools), ...toolsOfInput(body)])
}

/** Items of Responses bring tools as well: Codex offers all of them there to some models, or what a search found. */
function toolsOfInput({ input }: JsonObject): readonly JsonValue[] {
  const bringTools = (item: JsonValue): item is JsonObject =>
    isJsonObject(item) && (item.type === 'additional_tools' || item.type === 'tool_search_output')
  return listOf(input)
    .filter(bringTools)
    .flatMap(({ tools }) => listOf(tools))
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

function firstHosted(tools: readonly JsonValue[]): string | undefined {
  return tools.map(hostedToolIn).find((name) => name !== undefined)
}

function hostedToolIn(tool: JsonValue): string | undefined {
  if (!isJsonObject(tool)) return undefined
  const { type } = tool
  if (type === 'namespace') return firstHosted(listOf(tool.tools))
  // By default OpenAI runs it; Codex runs it itself, for the tools of MCP servers.
  if (type === 'tool_search' && tool.execution === 'client') return undefined
  if (typeof type === 'string') return callersTools.test(type) ? undefined : type
  // Anthropic's have a schema, Gemini's are declared; its other tools are the names of empty objects.
  if (tool.input_schema !== undefined) return undefined
  return Object.keys(tool).find((name) => !/^function_?declarations$/i.test(name))
}
