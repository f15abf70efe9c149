import { createHash } from 'node:crypto'
import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { CallRequest } from '../call-request.js'

/** What says how an answer is sent, or about the client, and asks the model for nothing. */
const ignored: ReadonlySet<string> = new Set(['stream', 'stream_options', 'client_metadata'])

/**
 * The same for requests that ask for the same: to the same path, with the same JSON value, whatever the order of its keys
 * and whether or not it is to be streamed.
 */
export function requestHash({ path, body, bytes, form, isOpaque }: CallRequest): string {
  const hash = createHash('sha256').update(path).update('\n')
  return hash.update(form || isOpaque ? bytes : canonicalText(withoutIgnored(body))).digest('hex')
}

function withoutIgnored(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !ignored.has(name)))
}

/** The same text for the same value. */
function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_, member: JsonValue) => (isJsonObject(member) ? sorted(member) : member))
}

function sorted(object: JsonObject): JsonObject {
  // A field named __proto__ is a field like any other.
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}
