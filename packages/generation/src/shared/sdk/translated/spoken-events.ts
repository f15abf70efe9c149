import { type AnswerStream, brokenOff, type ServiceStream, serviceEvents } from '@bursar/translation'

/** The events of a service that speaks the API itself. A stream that breaks off ends with an error. */
export async function* spokenEvents(
  body: ReadableStream<Uint8Array>,
  stream: ServiceStream,
  answer: AnswerStream
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const events of serviceEvents(body, stream)) yield answer.next(events)
  } catch {
    yield answer.fail(brokenOff())
  }
}
