import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObjects, asText } from '../json-fields.js'
import { assertShape } from '../parameters.js'
import { separateAttachments } from '../tool-results.js'
import { chatParameters } from './chat-parameters.js'

/**
 * Looks at a request of chat completions.
 *
 * @throws {InvalidRequest} that names the field.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function assertChatRequest(body: JsonObject): void {
  const { messages, input, prompt, tools } = body
  if (messages === undefined && input !== undefined)
    throw invalidRequest(
      'input belongs to /v1/responses: send it there, or send messages here',
      'unsupported'
    )
  assertShape(body, chatParameters)
  for (const [index, tool] of (Array.isArray(tools) ? tools : []).entries())
    assertTool(tool, `tools[${index}]`)
  if (Array.isArray(messages))
    for (const [index, message] of messages.entries()) assertMessage(message, index)
  else if (typeof prompt !== 'string' || prompt === '') throw invalidRequest('messages is required')
}

/**
 * A request of chat completions as services take it: with what tools answer with as texts, and with options of a stream only
 * where it is to be one.
 *
 * @returns the request itself where nothing has to be changed.
 */
export function adaptChatRequest(body: JsonObject): JsonObject {
  const { stream, stream_options: options = null, ...whole } = body
  return withTexts(options !== null && stream !== true ? whole : body)
}

function withTexts(body: JsonObject): JsonObject {
  const messages = asObjects(body.messages)
  const hasAttachments = messages.some(({ role, content }) => role === 'tool' && Array.isArray(content))
  return hasAttachments ? { ...body, messages: separateAttachments(messages) } : body
}

/** Tools of other types are the service's own to know. @throws {InvalidRequest} */
function assertTool(tool: JsonValue, field: string): void {
  if (!isJsonObject(tool)) throw invalidRequest(`${field} must be an object`)
  const { type, name, function: described = null } = tool
  if (type !== 'function') return
  if (isJsonObject(described) && asText(described.name) !== '') return
  const how = `${field} has the form of /v1/responses: here its name and parameters are in ${field}.function`
  throw invalidRequest(described === null && name !== undefined ? how : `${field}.function.name is required`)
}

function assertMessage(message: JsonValue, index: number): void {
  const field = `messages[${index}]`
  if (!isJsonObject(message)) throw invalidRequest(`${field} must be an object`)
  const { role, content = null } = message
  if (typeof role !== 'string' || role === '') throw invalidRequest(`${field}.role must be a text`)
  if (content !== null && typeof content !== 'string') assertParts(content, `${field}.content`)
}

function assertParts(content: JsonValue, field: string): void {
  if (!Array.isArray(content)) throw invalidRequest(`${field} must be a text or a list`)
  for (const [index, part] of content.entries())
    if (!isJsonObject(part)) throw invalidRequest(`${field}[${index}] must be an object`)
}
