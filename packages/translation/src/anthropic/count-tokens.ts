import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { assertShape } from '../parameters.js'
import { countParameters } from './count-parameters.js'

/** What Anthropic's models count for a large image, which is the most. */
const TOKENS_PER_IMAGE = 1600
/** Bytes of a PDF, in base64, for a token: some 2000 tokens and 40 kB a page. */
const CHARACTERS_PER_PDF_TOKEN = 27
/** What a message, a block or a tool adds beside its text. */
const TOKENS_PER_OBJECT = 4

/**
 * Estimates the tokens of a request of Messages, as `POST /v1/messages/count_tokens` answers them. It is an estimate, since each
 * model counts in its own way: four characters of a Latin script, or one of another, are a token.
 *
 * @throws {InvalidRequest} for a request that is malformed.
 * @see https://docs.anthropic.com/en/api/messages-count-tokens
 */
export function countMessageTokens(body: JsonObject): { readonly input_tokens: number } {
  assertShape(body, countParameters)
  const { system = null, tools = null, messages = null } = body
  if (Array.isArray(messages) && !messages.every(isJsonObject))
    throw invalidRequest('messages must be a list of objects')
  return {
    input_tokens: Math.max(
      1,
      [system, tools, messages].map(tokensOf).reduce((a, b) => a + b)
    )
  }
}

function tokensOf(value: JsonValue): number {
  if (typeof value === 'string') return textTokens(value)
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + tokensOf(each), 0)
  return isJsonObject(value) ? objectTokens(value) : value === null ? 0 : 1
}

function objectTokens(object: JsonObject): number {
  const { type, source } = object
  if (type === 'image') return TOKENS_PER_IMAGE
  if (
    type === 'document' &&
    isJsonObject(source) &&
    typeof source.data === 'string' &&
    source.type === 'base64'
  )
    return Math.ceil(source.data.length / CHARACTERS_PER_PDF_TOKEN)
  if (isSchema(object)) return textTokens(JSON.stringify(object))
  const counted = Object.entries(object).filter(([name]) => !uncounted.has(name))
  return counted.reduce((sum, [name, value]) => sum + memberTokens(name, value), TOKENS_PER_OBJECT)
}

/** The input of a call is read as JSON. */
function memberTokens(name: string, value: JsonValue): number {
  return name === 'input' ? textTokens(JSON.stringify(value)) : tokensOf(value)
}

/** What the model does not read. */
const uncounted: ReadonlySet<string> = new Set([
  'type',
  'role',
  'id',
  'tool_use_id',
  'cache_control',
  'signature'
])

/** A schema is read with the names in it. */
function isSchema({ properties }: JsonObject): boolean {
  return isJsonObject(properties)
}

/** Letters of Latin scripts come four to a token, others one. */
function textTokens(text: string): number {
  let quarters = 0
  for (const character of text) quarters += character < '\u0250' ? 1 : 4
  return Math.ceil(quarters / 4)
}
