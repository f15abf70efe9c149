import type { JsonObject, JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'

/** What leaves the choice to the service, and so asks for nothing. */
const neutral: ReadonlySet<JsonValue> = new Set([null, 'auto', ''])
/** What is said of the caller, and changes no image. */
const ignored: ReadonlySet<string> = new Set(['user'])

/** The options of a request for images that ask for something, by their names in OpenAI's API. */
export function imageOptions(rest: JsonObject): JsonObject {
  const asking = Object.entries(rest).filter(
    ([name, value]) => !ignored.has(name) && !asksNothing(name, value)
  )
  return Object.fromEntries(asking)
}

function asksNothing(name: string, value: JsonValue): boolean {
  return neutral.has(value) || (name === 'partial_images' && value === 0)
}

/**
 * What has no counterpart at the service is rejected by its name, before anything is paid.
 *
 * @throws {InvalidRequest}
 */
export function assertNoOptions(options: JsonObject): void {
  const [name] = Object.keys(options)
  if (name === undefined) return
  const what = `${name.slice(0, 40)} has no counterpart for this model: leave it out`
  throw invalidRequest(what, 'unsupported')
}
