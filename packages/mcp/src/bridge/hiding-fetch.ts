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
  const forms = formsOf(token)
  return async (url, init) => {
    const response = await fetch(url, init)
    const { status, statusText, headers, body } = response
    if (!body || token.length < MIN_LENGTH || (status >= 300 && status < 400)) return response
    const kept = new Headers(headers)
    for (const name of ['content-encoding', 'content-length']) kept.delete(name)
    const text = body.pipeThrough(new TextDecoderStream()).pipeThrough(hiding(forms))
    const answer = new Response(text.pipeThrough(new TextEncoderStream()), {
      status,
      statusText: hide(statusText, forms),
      headers: kept
    })
    return Object.defineProperty(answer, 'url', { value: response.url })
  }
}

/** A token as it was sent, and as JSON and URLs may write it. */
function formsOf(token: string): readonly string[] {
  const inJson = JSON.stringify(token).slice(1, -1)
  return [...new Set([token, inJson, inJson.replaceAll('/', '\\/'), encodeURIComponent(token)])]
}

function hide(text: string, forms: readonly string[]): string {
  return forms.reduce((shown, form) => shown.replaceAll(form, HIDDEN), text)
}

/** Hands a text on as it comes, but for what may be the beginning of a token. */
function hiding(forms: readonly string[]): TransformStream<string, string> {
  let rest = ''
  return new TransformStream({
    transform(chunk, controller) {
      const text = hide(rest + chunk, forms)
      const end = text.length - Math.max(...forms.map((form) => begunAtEnd(text, form)))
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
