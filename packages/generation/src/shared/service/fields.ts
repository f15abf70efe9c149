import { isJsonObject, type JsonObject, type JsonValue, shortText } from '@bursar/core'

/** As long as a URL may be. */
const MAX_URL = 8192

/** A field that holds text, cut to one short line; `undefined` when it is absent, blank or something else. */
export function textAt(object: JsonObject, name: string, maxLength = 200): string | undefined {
  return shortText(object[name], maxLength)
}

/** A field that holds a number that is finite and not negative. */
export function numberAt(object: JsonObject, name: string): number | undefined {
  const value = object[name]
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** A field that holds a URL. What it may be used for is judged where it is used. */
export function urlAt(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  if (typeof value !== 'string' || value.length > MAX_URL || !URL.canParse(value)) return undefined
  return new URL(value).href
}

/** A field that holds a time, as Unix milliseconds. */
export function timeAt(object: JsonObject, name: string): number | undefined {
  const value = object[name]
  const ms = typeof value === 'string' && value.length < 64 ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** A field that holds an object; an empty one when it does not. */
export function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

/** The objects of a field that holds a list, the first `most` of them. */
export function objectsAt(object: JsonObject, name: string, most: number): readonly JsonObject[] {
  const value: JsonValue | undefined = object[name]
  return Array.isArray(value) ? value.slice(0, most).filter(isJsonObject) : []
}

/** Leaves out what is undefined, so that optional fields are absent. */
export function defined<Shape extends object>(
  shape: Shape
): { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Shape]?: Exclude<Shape[Key], undefined>
  }
}
