import { isJsonObject, type JsonObject } from '@bursar/core'
import { invalidRequest } from '../../shared/checks/invalid-request.js'
import { mediaInJson } from '../../shared/sdk/translated/media-in-json.js'
import type { Catalogue } from '../catalogue/model.js'
import type { ChatBody } from '../chat-body.js'
import { checkChat } from '../rules/chat-rules.js'

/**
 * Checks a chat as the client does before it is paid: Katana says what it rejects only once the whole reserve was asked for.
 *
 * @throws {InvalidRequest}
 * @throws {BursarError} `request/invalid`
 */
export function assertChat(catalogue: Pick<Catalogue, 'texts'>, body: JsonObject): void {
  const violations = isChat(body) ? checkChat(body, catalogue) : []
  if (violations.length > 0) throw mediaInJson(invalidRequest(violations))
}

/** What the rules read of a body. */
function isChat(body: JsonObject): body is JsonObject & ChatBody {
  const { model, messages = [] } = body
  return typeof model === 'string' && Array.isArray(messages) && messages.every(isJsonObject)
}
