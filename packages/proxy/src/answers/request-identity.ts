import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '@bursar/core'
import { rewriteJson } from '@bursar/translation'
import type { CallRequest } from '../call-request.js'

const decoder = new TextDecoder()

/** What says how an answer is sent, or about the client, and asks the model for nothing. */
const ignored: ReadonlySet<string> = new Set(['stream', 'stream_options', 'client_metadata'])

/**
 * The same for requests that ask for the same: to the same path, with the same headers and query for the service and the same
 * JSON value to the last digit, whatever the order of its keys and whether or not it is to be streamed.
 */
export function requestHash(request: CallRequest): string {
  const { path, query = '', headers = {}, sent, form, isOpaque } = request
  const hash = createHash('sha256')
    .update(canonicalJson([path, query, headers]))
    .update('\n')
  return hash.update(form || isOpaque ? sent.bytes : askedOf(request)).digest('hex')
}

/** What a body asks for, as JSON that is equal for equal requests. */
function askedOf({ sent, body }: CallRequest): string {
  const written = { text: decoder.decode(sent.bytes), object: body }
  return rewriteJson(written, (object) => canonicalJson(withoutIgnored(object)))
}

function withoutIgnored(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !ignored.has(name)))
}
