import { isJsonObject, type JsonObject } from './json.js'

/** JSON that is equal for equal values, in whatever order their names are. Its input is any value that JSON can say. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (isJsonObject(member) ? sorted(member) : member))
}

function sorted(object: JsonObject): JsonObject {
  // A field named __proto__ is a field like any other.
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)))
}
