import type { JsonObject } from '@bursar/core'
import { findTextEndpoint, outputLimitOf, settingsOf, type TextEndpoint } from './text-endpoint.js'

/**
 * Gives a request for text that sets no limit to the answer one, since what has no limit has no price that a budget
 * could hold. The text stays as it is otherwise.
 *
 * @param text the body, as JSON.
 * @param tokens the limit of one answer.
 * @returns the same text where it needs no limit.
 * @throws {BursarError} `request/invalid` when a limit is no whole number above 0.
 */
export function withOutputLimit(
  text: string,
  { path, body, tokens }: { readonly path: string; readonly body: JsonObject; readonly tokens: number }
): string {
  const endpoint = findTextEndpoint(path)
  if (!endpoint || outputLimitOf(endpoint, body) !== undefined) return text
  const settings = { ...settingsOf(endpoint, body), [endpoint.limits[0]]: tokens }
  const [field, value] = endpoint.settings ? [endpoint.settings, settings] : [endpoint.limits[0], tokens]
  // A field that is there, and says nothing, must not occur twice.
  const isFree = !(field in body) && Object.keys(body).length > 0
  return isFree
    ? text.replace('{', `{${JSON.stringify(field)}:${JSON.stringify(value)},`)
    : merged(body, endpoint, settings)
}

function merged(body: JsonObject, { settings: name }: TextEndpoint, settings: JsonObject): string {
  return JSON.stringify(name === undefined ? settings : { ...body, [name]: settings })
}
