import {
  type AnswerStream,
  brokenOff,
  chatChunksIn,
  chatStreamFormat,
  chunkError,
  isDone,
  type LiveMessage,
  ServiceStream
} from '@bursar/translation'

/** The events of a stream of Messages, from the stream of a chat. One that breaks off ends with an error. */
export async function* liveStream(
  body: ReadableStream<Uint8Array>,
  live: LiveMessage,
  answer: AnswerStream
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const events of chatEventsOf(body))
      for (const chunk of chatChunksIn(events)) {
        const error = chunkError(chunk)
        if (error) return yield answer.fail(brokenOff(error.words))
        yield* live.push(chunk)
      }
  } catch {
    return yield answer.fail(brokenOff())
  }
  if (live.isComplete) yield* live.end()
  else yield answer.fail(brokenOff())
}

/** Whole events, as they come. */
async function* chatEventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const events = new ServiceStream(chatStreamFormat)
  const reader = body.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const given = events.write(read.value)
      yield given
      // Some services say that it is done, and leave the connection open.
      if (isDone(given)) return
    }
    const last = events.end()
    if (last !== undefined) yield last
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
