import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { itemType } from './response-item.js'

/** What was answered before, as long as it is kept. */
export interface AnsweredBefore {
  /** An item of an answer, by its id. */
  item(id: string): JsonObject | undefined
  /** What an answer had been asked with, and its own items, by its id. */
  conversation(id: string): readonly JsonValue[] | undefined
}

/**
 * Puts what a request refers to in its place: the items of `item_reference`, and the conversation of
 * `previous_response_id`.
 *
 * @throws {InvalidRequest} when something of it is not kept, before anything is paid.
 */
export function resolveReferences(request: JsonObject, before: AnsweredBefore): JsonObject {
  const { previous_response_id: previous, ...others } = request
  const input = Array.isArray(request.input)
    ? request.input.map((item, index) => resolveItem(item, `input[${index}]`, before))
    : request.input
  if (previous === undefined || previous === null) return input === undefined ? others : { ...others, input }
  const conversation = typeof previous === 'string' ? before.conversation(previous) : undefined
  if (!conversation) throw notKept('previous_response_id', previous, 'previous_response_not_found')
  return { ...others, input: [...conversation, ...inputItems(input)] }
}

/** The items of an input. */
export function inputItems(input: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(input)) return input
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : []
}

function resolveItem(item: JsonValue, field: string, before: AnsweredBefore): JsonValue {
  if (!isJsonObject(item) || itemType(item) !== 'item_reference') return item
  const { id = null } = item
  const found = typeof id === 'string' ? before.item(id) : undefined
  if (!found) throw notKept(`${field} (item_reference)`, id, 'item_not_found')
  return found
}

function notKept(field: string, id: JsonValue, code: string): Error {
  const name = typeof id === 'string' ? `"${id.slice(0, 80)}"` : 'no text'
  return invalidRequest(`${field} is ${name}, and no such answer is kept here: send the whole input`, code)
}
