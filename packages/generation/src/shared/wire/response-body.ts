import { responseOf } from '@bursar/core'

/** Whether an answer is a stream of events. */
export function isEventStream(headers: Headers): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')
}

/** The same answer, without some of its headers. */
export function withoutHeaders(response: Response, isLeftOut: (name: string) => boolean): Response {
  const { status, statusText, headers, url, body } = response
  if (![...headers.keys()].some(isLeftOut)) return response
  const kept = new Headers([...headers].filter(([name]) => !isLeftOut(name)))
  return withBody({ status, statusText, headers: kept, url }, body)
}

/** The same answer, with a body that was read, or is. @param more headers in addition */
export function withBody(
  { status, statusText, headers, url }: Pick<Response, 'status' | 'statusText' | 'headers' | 'url'>,
  body: BodyInit | null,
  more: Readonly<Record<string, string>> = {}
): Response {
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length']) kept.delete(name)
  for (const [name, value] of Object.entries(more)) kept.set(name, value)
  const answer = responseOf(body, { status, statusText, headers: kept })
  return Object.defineProperty(answer, 'url', { value: url })
}
