import { isJsonObject, parseJsonObject } from '@bursar/core'
import { type AnswerStream, brokenOff, type LiveMessage } from '@bursar/translation'
import { eventData } from '../../wire/event-stream.js'

/** The events of a stream of Messages, from the stream of a chat. One that breaks off ends with an error. */
export async function* liveStream(
  body: ReadableStream<Uint8Array>,
  live: LiveMessage,
  answer: AnswerStream
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const data of eventData(body)) {
      if (data === '[DONE]') break
      const chunk = parseJsonObject(data) ?? {}
      if (isJsonObject(chunk.error)) return yield answer.fail(brokenOff(chunk.error.message))
      yield* live.push(chunk)
    }
  } catch {
    return yield answer.fail(brokenOff())
  }
  if (live.isComplete) yield* live.end()
  else yield answer.fail(brokenOff())
}
