import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { parseExactObject } from '../exact-object.js'

/** Where Claude Code itself keeps an input that it could not read. */
const UNPARSED = '__unparsedToolInput'

/** The input of a call, with every digit of its numbers. Arguments that are no JSON object are kept, for the client to show the model what it wrote. */
export function toolInput(given: string): JsonObject {
  return parseExactObject(given) ?? { [UNPARSED]: { raw: given, len: given.length } }
}

/** What was kept of an input that could not be read; `undefined` where it could. */
export function unparsedInput(input: JsonValue): string | undefined {
  const kept = isJsonObject(input) ? input[UNPARSED] : undefined
  return isJsonObject(kept) && typeof kept.raw === 'string' ? kept.raw : undefined
}
