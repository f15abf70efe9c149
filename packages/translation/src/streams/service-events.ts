import type { ServiceStream } from './service-stream.js'

/** For how long a service may go on once it has said that all is said: what a stream cost may come behind its end. */
const CLOSE_MS = 250

/**
 * The whole events of a stream, as they come. It ends where the service says that all is said: some leave the connection open then.
 *
 * @throws what the reading fails with, a TypeError where the service ends it before its answer did, and a RangeError where an event
 * does not end.
 */
export async function* serviceEvents(
  body: ReadableStream<Uint8Array>,
  stream: ServiceStream
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  const leave = (): Promise<void> => reader.cancel().catch(() => undefined)
  const next = async (): ReturnType<typeof reader.read> => {
    try {
      return await reader.read()
    } catch (error) {
      // A connection that breaks behind the end has brought it.
      if (stream.isDone) return { done: true, value: undefined }
      throw error
    }
  }
  try {
    for (let read = await next(); !read.done; read = await next()) {
      const events = stream.write(read.value)
      if (events !== '') yield events
      if (stream.isDone) timer ??= setTimeout(leave, CLOSE_MS)
    }
    const last = stream.end()
    if (last === undefined) throw new TypeError('The stream was cut off')
    if (last !== '') yield last
  } finally {
    clearTimeout(timer)
    // Not waited for: a body may never say that it was cancelled.
    void leave()
  }
}
