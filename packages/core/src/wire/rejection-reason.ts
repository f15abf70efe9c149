import { isJsonObject, type JsonValue, parseJson } from './json.js'
import { decodeServerHeader } from './server-header.js'
import { serverWords, shortText } from './short-text.js'

/** Where servers say why, in the order in which they are read. */
const reasonKeys = [
  'errorReason',
  'error',
  'errorMessage',
  'message',
  'details',
  'invalidReason',
  'reason',
  'detail',
  'title'
]

/** Where a facilitator's reason stands beside a seller's own words for it: "Payment verification failed". */
const causeKeys = ['invalidReason', 'reason']

/** Where an error that is an object says what it is. Validators list issues. */
const errorKeys = ['message', 'code', 'name', 'reason', 'detail', 'issues', 'errors']

/** An error's list of issues, each an object with a message, is the deepest that servers nest. */
const MAX_DEPTH = 4

/** Reads why a server rejects a payment from a payment header, as one short line. `undefined` if it does not say. */
export function rejectionReasonOfHeader(header: string, text: string): string | undefined {
  try {
    return rejectionReasonOf(decodeServerHeader(header, text))
  } catch {
    return undefined
  }
}

/** Reads why a server rejects a payment from a body, as one short line. `undefined` if it does not say. */
export function rejectionReasonOfBody(text: string): string | undefined {
  const json = parsed(text)
  return json === undefined ? undefined : rejectionReasonOf(json)
}

function rejectionReasonOf(json: JsonValue): string | undefined {
  if (!isJsonObject(json)) return undefined
  const read = (key: string) => lineOf(json[key], MAX_DEPTH)
  const line = firstOf(reasonKeys, read)
  const cause = firstOf(causeKeys, read)
  return line === undefined || cause === undefined || line.includes(cause)
    ? line
    : shortText(`${line}: ${cause}`)
}

/** One line of an error, which is text, an object that describes it, or a list of such. */
function lineOf(error: JsonValue | undefined, depth: number): string | undefined {
  if (depth === 0) return undefined
  if (typeof error === 'string') return lineOfText(error, depth)
  if (Array.isArray(error)) return lineOf(error[0], depth - 1)
  if (!isJsonObject(error)) return undefined
  return firstOf(errorKeys, (key) => lineOf(error[key], depth - 1))
}

/** A validator's list of issues may also come as text. */
function lineOfText(text: string, depth: number): string | undefined {
  const list = /^\s*[[{]/.test(text) ? parsed(text) : undefined
  return (list === undefined ? undefined : lineOf(list, depth - 1)) ?? serverWords(text)
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function firstOf(keys: readonly string[], read: (key: string) => string | undefined): string | undefined {
  for (const key of keys) {
    const line = read(key)
    if (line !== undefined) return line
  }
  return undefined
}
