import { systemRandom } from '../interfaces/clock.js'
import { isJsonObject, type JsonObject } from './json.js'

/** Hidden from code that prints or copies the object. */
const writtenText: unique symbol = Symbol('bursar.writtenText')

/** A value whose text may have been kept. */
type Kept = object & { readonly [writtenText]?: string }

/**
 * Keeps with an object how it was written: a double does not hold the digits of its numbers. A copy has them no more.
 *
 * @param text JSON.
 * @returns the object.
 */
export function keepWrittenText(object: JsonObject, text: string): JsonObject {
  return Object.defineProperty(object, writtenText, { value: text })
}

/** Writes a value as JSON, and as they were written the objects in it whose texts were kept. */
export function stringifyExact(value: unknown): string {
  const texts: string[] = []
  let mark = ''
  const written = JSON.stringify(value, (_, each: unknown) => {
    const text = isJsonObject(each) ? textOf(each) : undefined
    if (text === undefined) return each
    mark ||= newTextMark()
    return `${mark}${texts.push(text) - 1}`
  })
  if (texts.length === 0) return written
  return written.replace(new RegExp(`"${mark}(\\d+)"`, 'g'), (_, at: string) => texts[Number(at)] ?? '')
}

/** A text that nobody who wrote an object can have known. */
export function newTextMark(): string {
  return Array.from(systemRandom(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function textOf(value: Kept): string | undefined {
  return value[writtenText]
}
