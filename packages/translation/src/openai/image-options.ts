import type { JsonObject, JsonValue } from '@bursar/core'
import { type InvalidRequest, invalidRequest } from '../invalid-request.js'
import { imageEditParameters } from './image-parameters.js'

/** What leaves the choice to the service, and so asks for nothing. */
const neutral: ReadonlySet<JsonValue> = new Set([null, 'auto', ''])

/** The options of a request for images that ask for something, by their names in OpenAI's API. */
export function imageOptions(rest: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rest).filter(([name, value]) => asksForSomething(name, value)))
}

function asksForSomething(name: string, value: JsonValue): boolean {
  const parameter = Object.hasOwn(imageEditParameters, name) ? imageEditParameters[name] : undefined
  return !neutral.has(value) && parameter?.use !== 'ignored' && !parameter?.neutral?.includes(value)
}

/** The error of images to be edited where none are. */
export function noEdits(model: string): InvalidRequest {
  return invalidRequest(`${model.slice(0, 40)} takes no files to edit here`, 'unsupported')
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
