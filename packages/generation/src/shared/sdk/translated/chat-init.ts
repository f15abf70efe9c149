import { type JsonObject, stringifyExact } from '@bursar/core'
import type { SdkInit } from './sdk-service.js'

/** Of an API that is translated, and of a body that was. */
const notOfChats = /^(?:anthropic-[\w-]+|content-length|accept)$/

/** The call of a chat that another API's call is translated into. */
export function chatInit(body: JsonObject, init: SdkInit): RequestInit & { readonly headers: Headers } {
  const headers = new Headers(init.headers)
  for (const name of [...headers.keys()]) if (notOfChats.test(name)) headers.delete(name)
  headers.set('content-type', 'application/json')
  return { ...init, method: 'POST', headers, body: stringifyExact(body) }
}
