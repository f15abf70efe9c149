import type { JsonObject, JsonValue } from '@bursar/core'
import { isJsonObject } from '@bursar/core'
import { invalidRequest } from '../checks/invalid-request.js'

/** An endpoint at which a model writes text, and the fields that bound how much it writes. */
export interface TextEndpoint {
  readonly path: RegExp
  /** The object of the body that holds the fields. Absent: the body itself. */
  readonly settings?: string
  /** Any of them bounds one answer, in tokens. The first is the one to send. */
  readonly limits: readonly [string, ...string[]]
  /** Any of them says how many answers are written. */
  readonly choices: readonly string[]
}

const endpoints: readonly TextEndpoint[] = [
  { path: /^\/chat\/completions$/, limits: ['max_tokens', 'max_completion_tokens'], choices: ['n'] },
  { path: /^\/completions$/, limits: ['max_tokens'], choices: ['n', 'best_of'] },
  { path: /^\/responses$/, limits: ['max_output_tokens'], choices: [] },
  { path: /^\/messages$/, limits: ['max_tokens'], choices: [] },
  {
    path: /\/models\/[^/:]+:(?:stream)?generateContent$/i,
    settings: 'generationConfig',
    limits: ['maxOutputTokens'],
    choices: ['candidateCount']
  }
]

/** Finds the endpoint of a path; `undefined` when no limit on output is known to hold there. */
export function findTextEndpoint(path: string): TextEndpoint | undefined {
  return endpoints.find((endpoint) => endpoint.path.test(path))
}

/** The object that holds an endpoint's fields. */
export function settingsOf({ settings }: TextEndpoint, body: JsonObject): JsonObject {
  if (settings === undefined) return body
  const value = body[settings]
  return isJsonObject(value) ? value : {}
}

/**
 * The most tokens that one answer may have, as the request says it; `undefined` when it does not.
 *
 * @throws {BursarError} `request/invalid` when it is no whole number above 0.
 */
export function outputLimitOf(endpoint: TextEndpoint, body: JsonObject): number | undefined {
  const settings = settingsOf(endpoint, body)
  const limits = endpoint.limits.flatMap((field) => countAt(settings, field) ?? [])
  return limits.length === 0 ? undefined : Math.max(...limits)
}

/**
 * How many answers are written.
 *
 * @throws {BursarError} `request/invalid` when it is no whole number above 0.
 */
export function choicesOf(endpoint: TextEndpoint, body: JsonObject): number {
  const settings = settingsOf(endpoint, body)
  return Math.max(1, ...endpoint.choices.flatMap((field) => countAt(settings, field) ?? []))
}

/** How a service reads a count that is no whole number is not known, so that it has no price. */
function countAt(object: JsonObject, field: string): number | undefined {
  const value: JsonValue | undefined = object[field]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  const message = `${field} is ${JSON.stringify(value).slice(0, 60)}`
  throw invalidRequest([{ field, rule: 'count', message, allowed: 'a whole number above 0' }])
}
