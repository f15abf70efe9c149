import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'

/** Fields that have the service search or run something, which it bills beside the tokens. */
const fields = ['web_search_options', 'search_parameters', 'plugins', 'mcp_servers']

/** Tools that the caller runs: the service bills their tokens, and nothing else. */
const callersTools = /^(?:function|custom|local_shell|apply_patch|(?:bash|text_editor|computer|memory)_\d+)$/

/** Finds a tool that the service itself runs, by its name; `undefined` when the caller runs them all. */
export function findHostedTool(body: JsonObject): string | undefined {
  const field = fields.find((name) => (body[name] ?? null) !== null)
  if (field !== undefined) return field
  const tools = Array.isArray(body.tools) ? body.tools : []
  return tools.map(hostedToolIn).find((name) => name !== undefined)
}

function hostedToolIn(tool: JsonValue): string | undefined {
  if (!isJsonObject(tool)) return undefined
  if (typeof tool.type === 'string') return callersTools.test(tool.type) ? undefined : tool.type
  // Anthropic's have a schema, Gemini's are declared; its other tools are the names of empty objects.
  if (tool.input_schema !== undefined) return undefined
  return Object.keys(tool).find((name) => !/^function_?declarations$/i.test(name))
}
