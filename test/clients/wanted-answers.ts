import { isDeepStrictEqual } from 'node:util'
import { type JsonObject, parseJsonObject } from '@bursar/core'

/** A request, as far as it tells what is to be bought. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly body?: JsonObject | string
}

/** What is said beside a request of how it is to be answered. */
const aside = ['stream', 'stream_options', 'client_metadata']

/** Whether a request is for something that costs money. */
export function isPaid({ method, path }: SentRequest): boolean {
  return method === 'POST' && !path.includes('count_tokens')
}

/** How many different answers a client asked for: what is to be bought, each once. */
export function wantedAnswers(requests: readonly SentRequest[]): number {
  const different: JsonObject[] = []
  for (const { path, body = '' } of requests.filter(isPaid)) {
    const sent = typeof body === 'string' ? parseJsonObject(body) : body
    const wanted = withoutAside({ ...sent, path: path.split('?')[0] ?? '' })
    if (!different.some((each) => isDeepStrictEqual(each, wanted))) different.push(wanted)
  }
  return different.length
}

function withoutAside(request: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !aside.includes(name)))
}
