import { type JsonObject, newTextMark } from '@bursar/core'

/** Sixteen digits: a double holds every number of fewer. */
const LONG_NUMBER = /\d(?:\.?\d){15}/
const NUMBER = /-?\d[\d.eE+-]*/g

/** A JSON object as it was written, and parsed. */
export interface WrittenJson {
  readonly text: string
  readonly object: JsonObject
}

/** The bytes of a JSON object, and what they were parsed to. */
export interface SentJson {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly object: JsonObject
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * Changes a JSON object that was sent, and leaves every digit of its numbers.
 *
 * @param change as of {@link changeJsonText}.
 * @returns what was sent itself where nothing was changed.
 */
export function changeJson(sent: SentJson, change: (object: JsonObject) => JsonObject): SentJson {
  if (change(sent.object) === sent.object) return sent
  const { text, object } = changeJsonText({ text: decoder.decode(sent.bytes), object: sent.object }, change)
  return { bytes: encoder.encode(text), object }
}

/**
 * Changes a JSON object that is written, and leaves every digit of its numbers.
 *
 * @param change returns the object itself where nothing has to be changed. Numbers may be strings in what it gets, as of
 *   {@link rewriteJson}.
 * @returns what was written itself where nothing was changed.
 */
export function changeJsonText(
  written: WrittenJson,
  change: (object: JsonObject) => JsonObject
): WrittenJson {
  const object = change(written.object)
  if (object === written.object) return written
  return { text: rewriteJson(written, (each) => JSON.stringify(change(each))), object }
}

/**
 * Writes a JSON object anew, with every digit of its numbers: a double holds no 64-bit integer, so that two ids or seeds that
 * differ in their last digits would be one.
 *
 * @param rewrite writes the object as JSON. Numbers that a double cannot hold are strings in what it gets.
 */
export function rewriteJson({ text, object }: WrittenJson, rewrite: (object: JsonObject) => string): string {
  const plain = rewrite(object)
  if (!LONG_NUMBER.test(text)) return plain
  const { marked, mark } = markNumbers(text)
  return unmarkNumbers(rewrite(marked), mark)
}

/** Whether a text has digits that a double may not hold, in a number or in a string. */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(text)
}

/** A JSON object whose numbers that a double cannot hold are strings. */
export interface MarkedJson {
  readonly marked: JsonObject
  /** With which those strings begin. */
  readonly mark: string
}

/** Parses a JSON object with the numbers that a double cannot hold as strings. */
export function markNumbers(text: string): MarkedJson {
  const mark = newTextMark()
  const marked = outsideStrings(text, (part) =>
    part.replace(NUMBER, (number) => (LONG_NUMBER.test(number) ? `"${mark}${number}"` : number))
  )
  return { marked: JSON.parse(marked), mark }
}

/** Makes the strings of {@link markNumbers} numbers again, in JSON that was written since. */
export function unmarkNumbers(written: string, mark: string): string {
  return written.replace(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1')
}

/** Changes what stands between the strings of a JSON text. */
function outsideStrings(text: string, change: (part: string) => string): string {
  let changed = ''
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return changed + change(text.slice(at))
    const end = endOfString(text, quote)
    changed += change(text.slice(at, quote)) + text.slice(quote, end)
    at = end
  }
  return changed
}

/** Where a string ends that begins with a quotation mark: behind the next one that is not escaped. */
function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end + 1
  }
  return text.length
}
