/** Whether an answer is a stream of events. */
export function isEventStream(headers: Headers): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')
}

/** The same answer, with a body that was read, or is. @param more headers in addition */
export function withBody(
  { status, statusText, headers, url }: Response,
  body: BodyInit | null,
  more: Readonly<Record<string, string>> = {}
): Response {
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length']) kept.delete(name)
  for (const [name, value] of Object.entries(more)) kept.set(name, value)
  const answer = new Response(body, { status, statusText, headers: kept })
  return Object.defineProperty(answer, 'url', { value: url })
}
