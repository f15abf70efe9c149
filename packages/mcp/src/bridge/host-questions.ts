import { isJsonObject } from '@bursar/core'
import {
  type ClientCapabilities,
  ErrorCode,
  type JSONRPCRequest,
  McpError
} from '@modelcontextprotocol/sdk/types.js'

/** What a server may ask its host for, beside what it answers. */
type Asked = NonNullable<JSONRPCRequest['params']>

/** What a paid server may be told that its client can do: be asked, as far as the host itself can be. */
export function askableOf({ elicitation, sampling }: ClientCapabilities = {}): ClientCapabilities {
  return {
    ...(elicitation && {
      elicitation: { ...(elicitation.form && { form: {} }), ...(elicitation.url && { url: {} }) }
    }),
    ...(sampling && {
      sampling: { ...(sampling.tools && { tools: {} }), ...(sampling.context && { context: {} }) }
    })
  }
}

/**
 * Refuses what a host did not say that it answers.
 *
 * @throws {McpError} as the protocol has it: no such method, or parameters that were not agreed on.
 * @see MCP 2025-11-25, "Elicitation" and "Sampling", error handling
 */
export function assertAskable(
  { method, params = {} }: Pick<JSONRPCRequest, 'method' | 'params'>,
  { elicitation, sampling }: ClientCapabilities = {}
): void {
  if (method === 'elicitation/create' && elicitation) assertMode(params, elicitation)
  else if (method === 'sampling/createMessage' && sampling) assertSampling(params, sampling)
  else throw new McpError(ErrorCode.MethodNotFound, `The host answers no ${method}`)
}

/** A host that names no mode shows forms. */
function assertMode({ mode = 'form' }: Asked, can: NonNullable<ClientCapabilities['elicitation']>): void {
  const isKnown = mode === 'url' ? can.url : (can.form ?? (can.url ? undefined : {}))
  if (!isKnown) throw new McpError(ErrorCode.InvalidParams, `The host has no elicitation of the mode ${mode}`)
}

function assertSampling(
  { tools, toolChoice }: Asked,
  can: NonNullable<ClientCapabilities['sampling']>
): void {
  if ((tools ?? toolChoice) !== undefined && !can.tools)
    throw new McpError(ErrorCode.InvalidParams, 'The host has no tools in sampling')
}

/** A question of the paid server as a person is shown it: with whose it is, so that it is not taken for one of Bursar's. */
export function attributed(
  { method, params = {} }: Pick<JSONRPCRequest, 'method' | 'params'>,
  host: string
): Asked {
  const { _meta: _, ...asked } = params
  if (method !== 'elicitation/create') return asked
  const { message, requestedSchema, ...rest } = asked
  return {
    ...rest,
    message: `${host} asks this. Bursar hands it on, and pays nothing by its answer:\n${quoted(String(message ?? ''))}`,
    ...(requestedSchema === undefined ? {} : { requestedSchema: onOneLine(requestedSchema) })
  }
}

/** Each line is marked, so that none stands for itself. */
function quoted(text: string): string {
  const lines = text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
  return lines.map((line) => `> ${shown(line)}`).join('\n')
}

/** The words of a form, each on one line. Values that are answered are left as they are. */
function onOneLine(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(onOneLine)
  if (!isJsonObject(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      typeof value === 'string' && (name === 'title' || name === 'description')
        ? shown(value)
        : onOneLine(value)
    ])
  )
}

/** Without characters that change where or in which order others are shown. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
}
