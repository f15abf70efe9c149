import { isJsonObject, type JsonObject, type JsonValue, keepWrittenText, parseJsonObject } from '@bursar/core'
import { hasLongNumber, markNumbers, type SentJson, unmarkNumbers } from './exact-json.js'

const decoder = new TextDecoder()

/** What an API hands on as it is: what a tool is called with, and the schemas of tools and of answers. */
const handedOn = new Set(['input', 'input_schema', 'output_schema', 'parameters', 'schema'])
/** Lists of such. */
const listsHandedOn = new Set(['input_examples'])

/**
 * Parses a JSON object, such as what a tool is called with, and keeps its text where a double cannot hold its numbers:
 * `stringifyExact` writes it as it was.
 */
export function parseExactObject(text: string): JsonObject | undefined {
  const object = parseJsonObject(text)
  return object && hasLongNumber(text) ? keepWrittenText(object, text) : object
}

/**
 * A request with the texts of what its tools were called with, and of the schemas in it, where a double cannot hold their
 * numbers.
 */
export function withExactParts({ bytes, object }: SentJson): JsonObject {
  const text = decoder.decode(bytes)
  if (!hasLongNumber(text)) return object
  const { marked, mark } = markNumbers(text)
  return membersWithTexts(object, marked, mark)
}

/** @param twin the same object, with its numbers marked. */
function membersWithTexts(object: JsonObject, twin: JsonObject, mark: string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]): [string, JsonValue] => {
      const other = twin[name] ?? null
      if (handedOn.has(name)) return [name, written(value, other, mark)]
      if (!listsHandedOn.has(name)) return [name, withTexts(value, other, mark)]
      return [name, eachOf(value, other, (...pair) => written(...pair, mark))]
    })
  )
}

function withTexts(value: JsonValue, twin: JsonValue, mark: string): JsonValue {
  if (Array.isArray(value)) return eachOf(value, twin, (...pair) => withTexts(...pair, mark))
  return isJsonObject(value) && isJsonObject(twin) ? membersWithTexts(value, twin, mark) : value
}

function eachOf(
  list: JsonValue,
  twin: JsonValue,
  change: (each: JsonValue, twin: JsonValue) => JsonValue
): JsonValue {
  if (!Array.isArray(list) || !Array.isArray(twin)) return list
  return list.map((each: JsonValue, at) => change(each, twin[at] ?? null))
}

/** An object with its text. What else has the name of one is read on. */
function written(value: JsonValue, twin: JsonValue, mark: string): JsonValue {
  if (!isJsonObject(value)) return withTexts(value, twin, mark)
  const text = JSON.stringify(twin)
  return text.includes(mark) ? keepWrittenText({ ...value }, unmarkNumbers(text, mark)) : value
}
