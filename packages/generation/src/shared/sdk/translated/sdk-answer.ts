import { BursarError, boundedText, bursarErrorOf, type JsonObject, parseJsonObject } from '@bursar/core'
import { isCompletion, noCompletionWords, type WrittenJson } from '@bursar/translation'

/** Bytes of one answer, as of the proxy. The largest hold several images as text. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/** Of a stream of events. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache'
} as const

/** A stream of events, from those that are there or from those that come. @param more its headers in addition. */
export function eventStream(
  events: Iterable<string> | AsyncIterable<string>,
  more: Readonly<Record<string, string>> = {}
): Response {
  return eventsResponse(streamOf(events), more)
}

/** An answer that is a stream of events. @param more its headers in addition */
export function eventsResponse(
  body: ReadableStream<Uint8Array>,
  more: Readonly<Record<string, string>> = {}
): Response {
  return new Response(body, { status: 200, headers: { ...eventStreamHeaders, ...more } })
}

/** The bytes of events. @param leave is told why nobody reads them any more. */
export function streamOf(
  events: Iterable<string> | AsyncIterable<string>,
  leave: (reason: unknown) => Promise<void> = async () => {}
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = Symbol.asyncIterator in events ? events[Symbol.asyncIterator]() : events[Symbol.iterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel(reason) {
      await leave(reason)
      await iterator.return?.()
    }
  })
}

/** What is made of a stream of a service. */
interface MadeEvents {
  readonly eventsOf: (body: ReadableStream<Uint8Array>) => AsyncIterable<string>
  /** Whether the service has said all: who leaves then has the whole answer. */
  readonly isDone: () => boolean
}

/** The bytes of events that are made as a service's come. Who leaves them leaves the service at once, for the same reason. */
export function streamFrom(
  body: ReadableStream<Uint8Array>,
  { eventsOf, isDone }: MadeEvents
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const leave = (reason: unknown): Promise<void> =>
    reader.cancel(isDone() ? undefined : reason).catch(() => {})
  const source = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: leave
    },
    { highWaterMark: 0 }
  )
  return streamOf(eventsOf(source), leave)
}

/** The completion that a service answered with. @throws {BursarError} `service/answer-malformed` */
export async function completionOf(response: Response): Promise<JsonObject> {
  const { object } = await readJson(response)
  if (isCompletion(object)) return object
  throw noCompletion(object, response)
}

/** The error of an answer that is no completion: no model has answered. */
export function noCompletion(answer: JsonObject, { status }: Pick<Response, 'status'>): BursarError {
  const message = `${noCompletionWords(answer)}. It may have been charged.`
  return malformed(message, { status, reason: 'no choices' })
}

/** The JSON object that a service answered with. @throws {BursarError} `service/answer-malformed` */
export async function readJson(response: Response): Promise<WrittenJson> {
  const text = await boundedText(response, MAX_ANSWER_BYTES).catch((error: unknown) => {
    const known = bursarErrorOf(error)
    if (known) throw known
  })
  const object = text === undefined ? undefined : parseJsonObject(text)
  if (text !== undefined && object) return { text, object }
  throw malformed('The answer is no JSON object. It may have been charged.', {
    status: response.status,
    reason: 'no JSON object'
  })
}

function malformed(message: string, context: { readonly status: number; readonly reason: string }) {
  return new BursarError('service/answer-malformed', {
    message,
    context: { service: 'sdk', operation: 'call', ...context },
    moneyState: 'unknown'
  })
}
