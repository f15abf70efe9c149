import { type AnswerStream, brokenOff, type ServiceStream } from '@bursar/translation'

/** The events of a service that speaks the API itself. A stream that breaks off ends with an error. */
export async function* spokenEvents(
  body: ReadableStream<Uint8Array>,
  events: ServiceStream,
  answer: AnswerStream
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader()
  let last: string | undefined
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const whole = events.write(read.value)
      if (whole !== '') yield answer.next(whole)
    }
    last = events.end()
  } catch {
    // That it broke off is told at its end.
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  yield last === undefined ? answer.fail(brokenOff()) : answer.next(last)
}
