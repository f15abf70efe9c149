import { isJsonObject, type JsonObject } from '@bursar/core'
import type { RequestId } from '@modelcontextprotocol/sdk/types.js'

/** The id of a request; a notification has none. */
export function idOf({ id }: JsonObject): RequestId | undefined {
  return typeof id === 'string' || typeof id === 'number' ? id : undefined
}

/** The id of the request that a notification cancels. */
export function cancelledId({ method, params }: JsonObject): RequestId | undefined {
  if (method !== 'notifications/cancelled' || !isJsonObject(params)) return undefined
  return idOf({ id: params.requestId ?? null })
}

/** Whether a request asks for progress, which only an event stream can carry. */
export function asksForProgress({ params }: JsonObject): boolean {
  if (!isJsonObject(params) || !isJsonObject(params._meta)) return false
  return params._meta.progressToken !== undefined
}
