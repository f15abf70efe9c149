import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from './invalid-request.js'

/** The objects of a list; none when the value is no list. */
export function asObjects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

/** The objects of a list in which nothing else may be. @throws {InvalidRequest} that names what is. */
export function objectsIn(value: JsonValue | undefined, field: string): readonly JsonObject[] {
  if (!Array.isArray(value)) return []
  return value.map((each, index) => {
    if (isJsonObject(each)) return each
    throw invalidRequest(`${field}[${index}] must be an object`)
  })
}

/** The value when it is an object, else an empty one. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** The value when it is text, else the empty text. */
export function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** The value when it is a number from 0, else 0. */
export function asCount(value: JsonValue | undefined): number {
  return typeof value === 'number' && value >= 0 ? value : 0
}

/** The members that have a value. */
export function definedMembers(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const object: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(members)) if (value !== undefined) object[name] = value
  return object
}
