import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { caseIn, REPORT_PATH, TOOL_OUTPUT } from './session-case.js'

/** Of a client's own words no more is kept than their shape needs. */
const KEPT_CHARACTERS = 60
/** What is read as it is: pictures, and what the model or a tool wrote. */
const isKept = (text: string): boolean =>
  /^(?:data:image|iVBOR|\{")/.test(text) ||
  caseIn(text) !== undefined ||
  [TOOL_OUTPUT, REPORT_PATH].some((each) => text.includes(each))

/** A request's body, with its long texts cut. */
export function shortenBody(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).map(([name, each]) => [name, shorten(each)]))
}

function shorten(value: JsonValue): JsonValue {
  if (typeof value === 'string') return isKept(value) ? value : cut(value)
  if (Array.isArray(value)) return value.map(shorten)
  return isJsonObject(value) ? shortenBody(value) : value
}

function cut(text: string): string {
  return text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS)}…` : text
}

const ids = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g

/** Takes ids, and a folder of this machine, out of texts: the same id becomes the same number in all of them. */
export function createAnonymizer(folder: string): (text: string) => string {
  const numbers = new Map<string, number>()
  const numberOf = (id: string): string => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  }
  return (text) =>
    text
      .replaceAll(folder, '/home/agent')
      .replace(ids, numberOf)
      .replace(/\b[0-9a-f]{64}\b/g, '0'.repeat(64))
}
