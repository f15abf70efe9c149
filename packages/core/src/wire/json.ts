/** A JSON object as it came over the wire. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** x402 shapes are three levels deep; extensions a few more. Deeper text would overflow `JSON.stringify`. */
const MAX_DEPTH = 64

/**
 * Parses JSON whose nesting is bounded, so that later walks over the value cannot overflow the stack.
 *
 * @throws {SyntaxError} when it is not JSON or is nested too deeply.
 */
export function parseJson(text: string): JsonValue {
  if (nestingExceeds(text, MAX_DEPTH)) throw new SyntaxError('nested too deeply')
  return JSON.parse(text) as JsonValue
}

/** Guards a JSON object, which arrays and null are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads text as a JSON object; `undefined` when it is anything else. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Freezes a JSON value and everything in it, so that it can be shared. */
export function freezeJson<Value extends JsonValue>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freezeJson)
  return value
}

/** A quoted string, or one bracket outside of any. */
const stringOrBracket = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs

function nestingExceeds(text: string, limit: number): boolean {
  // Text with few brackets, which is all honest text, need not be walked.
  if (countUpTo(text, '{', limit) + countUpTo(text, '[', limit) <= limit) return false
  let depth = 0
  for (const [token] of text.matchAll(stringOrBracket)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (depth > limit) return true
  }
  return false
}

function countUpTo(text: string, char: string, limit: number): number {
  let count = 0
  for (let at = text.indexOf(char); at !== -1 && count <= limit; at = text.indexOf(char, at + 1)) count++
  return count
}
