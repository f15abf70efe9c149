import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { assertShape } from '../parameters.js'
import { separateAttachments } from '../tool-results.js'
import { chatParameters } from './chat-parameters.js'

/**
 * Reads a request of chat completions, which a service answers as it is, but for what tools answer with.
 *
 * @returns the request itself where nothing had to be changed.
 * @throws {InvalidRequest} that names the field.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function readChatRequest(body: JsonObject): JsonObject {
  const { messages, input, prompt } = body
  if (messages === undefined && input !== undefined)
    throw invalidRequest(
      'input belongs to /v1/responses: send it there, or send messages here',
      'unsupported'
    )
  assertShape(body, chatParameters)
  if (messages === undefined || messages === null) {
    if (typeof prompt === 'string' && prompt !== '') return body
    throw invalidRequest('messages is required')
  }
  const read = (Array.isArray(messages) ? messages : []).map(readMessage)
  const hasAttachments = read.some(({ role, content }) => role === 'tool' && Array.isArray(content))
  return hasAttachments ? { ...body, messages: separateAttachments(read) } : body
}

function readMessage(message: JsonValue, index: number): JsonObject {
  const field = `messages[${index}]`
  if (!isJsonObject(message)) throw invalidRequest(`${field} must be an object`)
  const { role, content = null } = message
  if (typeof role !== 'string' || role === '') throw invalidRequest(`${field}.role must be a text`)
  if (content !== null && typeof content !== 'string') assertParts(content, `${field}.content`)
  return message
}

function assertParts(content: JsonValue, field: string): void {
  if (!Array.isArray(content)) throw invalidRequest(`${field} must be a text or a list`)
  for (const [index, part] of content.entries())
    if (!isJsonObject(part)) throw invalidRequest(`${field}[${index}] must be an object`)
}
