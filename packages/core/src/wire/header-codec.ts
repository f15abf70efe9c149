import { BursarError } from '../error/bursar-error.js'
import { isJsonObject, type JsonObject, parseJson } from './json.js'

/** No payment header is read beyond this; about 200 offers fit. */
export const MAX_HEADER_BYTES = 128 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true })
const ascii = /^\p{ASCII}*$/u
const standardBase64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * Encodes a payment header: standard base64 of UTF-8 JSON.
 *
 * @see x402 HTTP transport v2, "Header encoding"
 */
export function encodeHeader(value: unknown): string {
  const json = JSON.stringify(value)
  if (ascii.test(json)) return btoa(json)
  let binary = ''
  for (const byte of new TextEncoder().encode(json)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * Decodes a payment header to a JSON object.
 *
 * @param header name of the header, for the error.
 * @throws {BursarError} `header/too-large`, `header/malformed`
 * @see x402 HTTP transport v2, "Header encoding"
 */
export function decodeHeader(header: string, text: string): JsonObject {
  if (text.length > MAX_HEADER_BYTES) throw headerTooLargeError(header)
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length % 4 !== 0 || !standardBase64.test(trimmed)) {
    throw malformedHeaderError(header, 'not standard base64')
  }
  return parseObject(header, decodeUtf8(header, atob(trimmed)))
}

/**
 * What a server sent is beyond what is read.
 *
 * @param money a sentence on what became of it.
 */
export function headerTooLargeError(header: string, money = ''): BursarError<'header/too-large'> {
  return new BursarError('header/too-large', {
    message: `${header} is larger than ${MAX_HEADER_BYTES} bytes and was not read.${money}`,
    context: { header, limitBytes: MAX_HEADER_BYTES },
    moneyState: 'none'
  })
}

/**
 * Reads a JSON object from text, such as the body of a v1 challenge.
 *
 * @throws {BursarError} `header/malformed`
 */
export function parseObject(source: string, text: string): JsonObject {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    throw malformedHeaderError(source, 'not JSON, or nested too deeply')
  }
  if (!isJsonObject(value)) throw malformedHeaderError(source, 'not a JSON object')
  return value
}

function decodeUtf8(header: string, binary: string): string {
  if (ascii.test(binary)) return binary
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformedHeaderError(header, 'not UTF-8')
  }
}

/** A header, or the body of a 402, is not what it should be. */
export function malformedHeaderError(header: string, reason: string): BursarError<'header/malformed'> {
  return new BursarError('header/malformed', {
    message: `${header} cannot be read: ${reason}.`,
    context: { header, reason },
    moneyState: 'none'
  })
}
