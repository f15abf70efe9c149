import { wholeLengthOf } from './whole-length.js'

/**
 * Reads a body as UTF-8, no further than a bound: a server chooses how long it is.
 *
 * @param signal ends the reading: the body is let go of, and its reason is thrown.
 * @returns `undefined` when it is longer. The rest is not read.
 */
export async function boundedText(
  response: Response,
  maxBytes: number,
  signal?: AbortSignal
): Promise<string | undefined> {
  signal?.throwIfAborted()
  const whole = wholeLengthOf(response)
  if (whole !== undefined) return whole > maxBytes ? undefined : response.text()
  // Not by iteration, which Safari's streams have learned only lately.
  const reader = response.body?.getReader()
  const stop = (): void => void reader?.cancel().catch(() => undefined)
  signal?.addEventListener('abort', stop, { once: true })
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      length += read.value.byteLength
      if (length > maxBytes) {
        // Not waited for: of two copies of a body, the first is let go only with the second.
        stop()
        return undefined
      }
      text += decoder.decode(read.value, { stream: true })
    }
    // A body that was let go of ends as one that is whole.
    signal?.throwIfAborted()
    return text + decoder.decode()
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
