import { headerTooLargeError, MAX_HEADER_BYTES, malformedHeaderError } from './header-codec.js'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const ascii = /^\p{ASCII}*$/u
const aboveLatin1 = /[^\0-\xff]/
const unpaddedBase64 = /^[A-Za-z0-9+/]+$/

/**
 * Decodes a payment header in any form that servers write: base64 of the standard or URL-safe alphabet, with or without
 * padding, or bare JSON; in UTF-8, or else Latin-1.
 *
 * @param header name of the header, for the error.
 * @throws {BursarError} `header/too-large`, `header/malformed`
 * @see x402 HTTP transport v2, "Header encoding"
 */
export function decodeServerHeader(header: string, text: string): JsonObject | readonly JsonValue[] {
  if (text.length > MAX_HEADER_BYTES) throw headerTooLargeError(header)
  const trimmed = text.trim()
  const isBareJson = trimmed.startsWith('{') || trimmed.startsWith('[')
  const json = decodeBytes(isBareJson ? trimmed : decodeBase64(header, trimmed))
  const value = parseOrThrow(header, json)
  if (isJsonObject(value) || Array.isArray(value)) return value
  throw malformedHeaderError(header, 'not a JSON object')
}

function decodeBase64(header: string, text: string): string {
  const unpadded = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  if (unpadded.length % 4 === 1 || !unpaddedBase64.test(unpadded))
    throw malformedHeaderError(header, 'neither base64 nor JSON')
  return atob(unpadded)
}

/** Reads bytes, one in each character, as UTF-8. Some servers encode code points instead, so that "é" is one byte. */
function decodeBytes(binary: string): string {
  if (ascii.test(binary) || aboveLatin1.test(binary)) return binary
  try {
    return utf8.decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
  } catch {
    return binary
  }
}

function parseOrThrow(header: string, json: string): JsonValue {
  try {
    return parseJson(json)
  } catch {
    throw malformedHeaderError(header, 'not JSON, or nested too deeply')
  }
}
