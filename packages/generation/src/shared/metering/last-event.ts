import { isJsonObject, type JsonObject } from '@bursar/core'

/** The last events of Messages and of Responses, by their types. */
const lastTypes: ReadonlySet<unknown> = new Set([
  'message_stop',
  'response.completed',
  'response.incomplete',
  'response.failed'
])

/**
 * Whether a stream ends with an event: what it has reported until then is all that it used.
 *
 * @param event the JSON of the data, where it is any.
 */
export function isLastEvent(data: string, event: JsonObject | undefined): boolean {
  return data === '[DONE]' || lastTypes.has(event?.type)
}

/** Whether the service reports in an event that it failed, whatever the API. A failed response ends with its usage instead. */
export function reportsError({ type, error }: JsonObject): boolean {
  return type === 'error' || isJsonObject(error)
}
