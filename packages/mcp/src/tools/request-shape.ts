import type { BursarRequestInit } from '@bursar/fetch'
import * as z from 'zod'

/** The URL and headers of a request, as a model writes them. */
export const requestShape = {
  url: z.string().describe('https URL'),
  headers: z.record(z.string(), z.string()).optional()
}

/** A request that a model wrote. */
export interface ModelRequest {
  readonly url: string
  readonly method?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
}

/** What `fetch` takes for it. A body that looks like JSON is sent as JSON. */
export function initOf({ method, headers, body }: ModelRequest): BursarRequestInit {
  const sent = new Headers(headers)
  if (body === undefined) return { method: method ?? 'GET', headers: sent }
  if (!sent.has('content-type') && /^\s*[[{]/.test(body)) sent.set('content-type', 'application/json')
  return { method: method ?? 'POST', headers: sent, body }
}
