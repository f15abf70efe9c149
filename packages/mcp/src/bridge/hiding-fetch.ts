import { responseOf } from '@bursar/core'
import { HiddenToken } from './hidden-token.js'

/** As the official client takes a fetch. */
type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/** A shorter one may be part of any text. */
const MIN_LENGTH = 8
/** Headers that are no text: those that the body is read by, and the one that goes back to the server as it came. */
const unread = ['content-encoding', 'content-length']
const SESSION = 'mcp-session-id'

/**
 * Builds a fetch whose answers do not hold a token that was sent: some servers repeat what they were sent, in errors and in
 * results, and a host writes both down.
 */
export function hidingFetch(token: string): Fetch {
  if (token.length < MIN_LENGTH) return fetch
  const hidden = new HiddenToken(token)
  return async (url, init) => {
    const response = await fetch(url, init)
    const { status, statusText, body } = response
    // What leads elsewhere unfollowed has no status that could be shown.
    if (status === 0) return response
    const text = body?.pipeThrough(new TextDecoderStream()).pipeThrough(hiding(hidden))
    const answer = responseOf(text?.pipeThrough(new TextEncoderStream()) ?? null, {
      status,
      statusText: hidden.hide(statusText),
      headers: hiddenIn(response.headers, hidden)
    })
    return Object.defineProperty(answer, 'url', { value: response.url })
  }
}

function hiddenIn(headers: Headers, hidden: HiddenToken): Headers {
  const shown = new Headers()
  for (const [name, value] of headers)
    if (!unread.includes(name)) shown.append(name, name === SESSION ? value : hidden.hide(value))
  return shown
}

/** Hands a text on as it comes, but for what may be the beginning of a token. */
function hiding(hidden: HiddenToken): TransformStream<string, string> {
  let held = ''
  return new TransformStream({
    transform(chunk, controller) {
      const { shown, rest } = hidden.hideIn(held + chunk)
      held = rest
      if (shown !== '') controller.enqueue(shown)
    },
    flush(controller) {
      if (held !== '') controller.enqueue(hidden.hide(held))
    }
  })
}
