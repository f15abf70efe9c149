import type { JsonObject, JsonValue } from '@bursar/core'

const standardBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Encodes a payment header: standard base64 of UTF-8 JSON. */
export function encodePaymentHeader(value: JsonValue): string {
  return Buffer.from(JSON.stringify(value)).toString('base64')
}

/** Decodes a payment header strictly: padded standard base64, UTF-8, JSON. Anything else is `undefined`. */
export function decodePaymentHeader(text: string): unknown {
  if (text === '' || !standardBase64.test(text)) return undefined
  try {
    return JSON.parse(utf8.decode(Buffer.from(text, 'base64')))
  } catch {
    return undefined
  }
}

/** Whether two JSON values are equal. The order of keys does not matter. */
export function jsonEquals(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((item, index) => jsonEquals(item, right[index]))
  }
  if (!isObject(left) || !isObject(right)) return left === right
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && jsonEquals(left[key], right[key]))
}

/** Separates an offer's `extra` from its other fields. */
export function splitExtra(entry: JsonObject): {
  readonly terms: JsonObject
  readonly extra: JsonValue | undefined
} {
  const { extra, ...terms } = entry
  return { terms, extra }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
