import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '@bursar/core'
import { hasLongNumber, markNumbers, newMark, type SentJson, unmarkNumbers } from './exact-json.js'

/** Hidden from code that prints or copies the object. */
const writtenText: unique symbol = Symbol('bursar.writtenText')

/** A value whose text may have been kept. */
type Kept = object & { readonly [writtenText]?: string }

const decoder = new TextDecoder()

/**
 * Parses a JSON object, such as what a tool is called with, and keeps its text where a double cannot hold its numbers:
 * {@link exactJson} and {@link stringifyExact} write it as it was.
 */
export function parseExactObject(text: string): JsonObject | undefined {
  const object = parseJsonObject(text)
  return object && hasLongNumber(text) ? keepText(object, text) : object
}

/** Writes a value as it was written, where its text was kept. */
export function exactJson(value: JsonValue): string {
  return textOf(value) ?? JSON.stringify(value)
}

/** Writes an object in which the texts of some others were kept. */
export function stringifyExact(value: JsonObject): string {
  const texts: string[] = []
  let mark = ''
  const written = JSON.stringify(value, (_, each: JsonValue) => {
    const text = textOf(each)
    if (text === undefined) return each
    mark ||= newMark()
    return `${mark}${texts.push(text) - 1}`
  })
  if (texts.length === 0) return written
  return written.replace(new RegExp(`"${mark}(\\d+)"`, 'g'), (_, at: string) => texts[Number(at)] ?? '')
}

/** A request of Messages with the texts of what its tools were called with, where a double cannot hold their numbers. */
export function withExactInputs({ bytes, object }: SentJson): JsonObject {
  const { messages } = object
  const text = decoder.decode(bytes)
  if (!Array.isArray(messages) || !hasLongNumber(text)) return object
  const { marked, mark } = markNumbers(text)
  const { messages: twins } = marked
  if (!Array.isArray(twins)) return object
  const exact = messages.map((message, at) => {
    const twin = twins[at] ?? null
    if (!isJsonObject(message) || !isJsonObject(twin)) return message
    return { ...message, content: withTexts(message.content ?? null, twin.content ?? null, mark) }
  })
  return { ...object, messages: exact }
}

/** @param twin the same content, with its numbers marked. */
function withTexts(content: JsonValue, twin: JsonValue, mark: string): JsonValue {
  if (!Array.isArray(content) || !Array.isArray(twin)) return content
  return content.map((block: JsonValue, at) => {
    const other: JsonValue = twin[at] ?? null
    if (!isJsonObject(block) || !isJsonObject(other) || !isJsonObject(block.input)) return block
    const text = unmarkNumbers(JSON.stringify(other.input), mark)
    return { ...block, input: keepText({ ...block.input }, text) }
  })
}

function keepText(object: JsonObject, text: string): JsonObject {
  return Object.defineProperty(object, writtenText, { value: text })
}

function textOf(value: JsonValue): string | undefined {
  return isJsonObject(value) ? keptIn(value) : undefined
}

function keptIn(value: Kept): string | undefined {
  return value[writtenText]
}
