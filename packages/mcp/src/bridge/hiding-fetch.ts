/** As the official client takes a fetch. */
type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/** What stands in the place of a token. */
const HIDDEN = '[token]'
/** A shorter one may be part of any text. */
const MIN_LENGTH = 8

/**
 * Builds a fetch whose answers do not hold a token that was sent: some servers repeat what they were sent, in errors and in
 * results, and a host writes both down.
 */
export function hidingFetch(token: string): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init)
    const { status, statusText, headers, body } = response
    if (!body || token.length < MIN_LENGTH || (status >= 300 && status < 400)) return response
    const kept = new Headers(headers)
    for (const name of ['content-encoding', 'content-length']) kept.delete(name)
    const text = body.pipeThrough(new TextDecoderStream()).pipeThrough(hiding(token))
    const answer = new Response(text.pipeThrough(new TextEncoderStream()), {
      status,
      statusText,
      headers: kept
    })
    return Object.defineProperty(answer, 'url', { value: response.url })
  }
}

/** Hands a text on as it comes, but for what may be the beginning of a token. */
function hiding(token: string): TransformStream<string, string> {
  let rest = ''
  return new TransformStream({
    transform(chunk, controller) {
      const text = (rest + chunk).replaceAll(token, HIDDEN)
      const end = text.length - begunAtEnd(text, token)
      rest = text.slice(end)
      if (end > 0) controller.enqueue(text.slice(0, end))
    },
    flush(controller) {
      if (rest !== '') controller.enqueue(rest)
    }
  })
}

/** How many characters at the end of a text are the first ones of a token. */
function begunAtEnd(text: string, token: string): number {
  let length = Math.min(text.length, token.length - 1)
  while (length > 0 && !text.endsWith(token.slice(0, length))) length--
  return length
}
