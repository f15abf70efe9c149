import type { JsonObject } from '@bursar/core'
import { readChatRequest, readMessagesRequest, readResponsesRequest } from '@bursar/translation'

const readers: ReadonlyMap<string, (body: JsonObject) => JsonObject> = new Map([
  ['/chat/completions', readChatRequest],
  ['/messages', readMessagesRequest],
  ['/responses', readResponsesRequest]
])

/**
 * Reads a call that the service answers itself, as the proxy does.
 *
 * @param path behind the API's.
 * @returns the call itself where nothing had to be changed.
 * @throws {InvalidRequest} that names the field.
 */
export function readSpoken(path: string, body: JsonObject, init: RequestInit): RequestInit {
  const read = init.method === 'POST' ? readers.get(path)?.(body) : undefined
  if (read === undefined || read === body) return init
  const headers = new Headers(init.headers)
  headers.delete('content-length')
  return { ...init, headers, body: JSON.stringify(read) }
}
