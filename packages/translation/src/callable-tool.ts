import type { JsonObject } from '@bursar/core'
import { invalidRequest } from './invalid-request.js'
import { asText } from './json-fields.js'

/**
 * Refuses a tool that a model may not call itself, but only code that it has run where it is served.
 *
 * @throws {InvalidRequest}
 */
export function assertCallable({ name, allowed_callers: callers }: JsonObject): void {
  if (!Array.isArray(callers) || callers.length === 0 || callers.includes('direct')) return
  const what = `tools: allowed_callers of ${asText(name).slice(0, 64)} has no counterpart without "direct"`
  throw invalidRequest(`${what}: no code of the model runs here`, 'unsupported')
}
