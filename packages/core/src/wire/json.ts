/** A JSON object as it came over the wire. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** x402 shapes are three levels deep; extensions a few more. Deeper text would overflow `JSON.stringify`. */
const MAX_DEPTH = 64
/** Levels of what programs and services send: the schemas of their tools have some ten. */
export const MAX_JSON_DEPTH = 512

/**
 * Parses JSON whose nesting is bounded, so that later walks over the value cannot overflow the stack.
 *
 * @param maxDepth levels. Default: 64, which is what x402's own shapes may have.
 * @throws {SyntaxError} when it is not JSON or is nested too deeply.
 */
export function parseJson(text: string, maxDepth = MAX_DEPTH): JsonValue {
  if (nestingExceeds(text, maxDepth)) throw new SyntaxError('nested too deeply')
  return JSON.parse(text) as JsonValue
}

/** Guards a JSON object, which arrays and null are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads text as a JSON object; `undefined` when it is anything else, or nested deeper than {@link MAX_JSON_DEPTH}. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text, MAX_JSON_DEPTH)
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

function nestingExceeds(text: string, limit: number): boolean {
  // Text with few brackets, which is nearly all honest text, need not be walked.
  if (countUpTo(text, '{', limit) + countUpTo(text, '[', limit) <= limit) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') at = endOfString(text, at)
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    if (depth > limit) return true
  }
  return false
}

/** Where the quotation mark is that ends a string: the next one that is not escaped. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}

function countUpTo(text: string, char: string, limit: number): number {
  let count = 0
  for (let at = text.indexOf(char); at !== -1 && count <= limit; at = text.indexOf(char, at + 1)) count++
  return count
}
