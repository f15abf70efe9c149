import type { IncomingMessage } from 'node:http'
import { type JsonObject, MAX_JSON_DEPTH, parseJsonObject } from '@bursar/core'
import { RequestProblem } from './http-problem.js'
import { readBody } from './read-body.js'

/** A JSON object as it was sent. */
export interface JsonBody {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly value: JsonObject
}

/**
 * Reads a JSON object. A body whose length is declared as too large is not read at all.
 *
 * @throws {RequestProblem} 415 for another type, 400 for more than `maxBytes` or anything but a JSON object.
 */
export async function readJsonBody(message: IncomingMessage, maxBytes: number): Promise<JsonBody> {
  assertJsonType(message)
  const bytes = await readBody(message, maxBytes)
  return { bytes, value: parseObject(bytes) }
}

/** A page's form cannot send this type without asking the server first. */
function assertJsonType({ headers }: IncomingMessage): void {
  if (/^application\/json\b/i.test(headers['content-type'] ?? '')) return
  throw new RequestProblem({
    status: 415,
    code: 'unsupported_media_type',
    message: 'Content-Type must be application/json'
  })
}

function parseObject(bytes: Uint8Array): JsonObject {
  const text = decode(bytes)
  const value = text === undefined ? undefined : parseJsonObject(text)
  if (value) return value
  throw new RequestProblem({
    status: 400,
    code: 'invalid_json',
    message: `The body is not a JSON object, or is nested deeper than ${MAX_JSON_DEPTH} levels. Nothing was paid`
  })
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
