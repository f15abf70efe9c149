import { createHash } from 'node:crypto'
import type { JsonObject } from '@bursar/core'

/** Sixteen digits: a double holds every number of fewer. */
const LONG_NUMBER = /\d(?:\.?\d){15}/
const NUMBER = /-?\d[\d.eE+-]*/g

/** A JSON object as it was written, and parsed. */
export interface WrittenJson {
  readonly text: string
  readonly object: JsonObject
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
  const mark = absentFrom(plain)
  const marked = outsideStrings(text, (part) =>
    part.replace(NUMBER, (number) => (LONG_NUMBER.test(number) ? `"${mark}${number}"` : number))
  )
  return rewrite(JSON.parse(marked)).replace(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1')
}

/** A text that another does not contain: nobody can write one that holds its own hash. */
function absentFrom(text: string): string {
  return createHash('sha256').update(text).digest('hex')
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
