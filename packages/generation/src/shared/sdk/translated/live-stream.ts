import {
  type AnswerStream,
  brokenOff,
  chatChunksIn,
  chatStreamFormat,
  chunkError,
  type LiveMessage,
  ServiceStream,
  serviceEvents
} from '@bursar/translation'

/** The events of a stream of Messages, from the stream of a chat. One that breaks off ends with an error. */
export async function* liveStream(
  body: ReadableStream<Uint8Array>,
  live: LiveMessage,
  answer: AnswerStream
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const events of serviceEvents(body, new ServiceStream(chatStreamFormat)))
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
