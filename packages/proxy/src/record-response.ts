import {
  bodyChunks,
  boundedText,
  costHeaders,
  type JsonObject,
  parseJsonObject,
  stringifyExact
} from '@bursar/core'
import { HttpProblem } from '@bursar/local-server'
import {
  changeJsonText,
  leftOutHeaders,
  noCompletionWords,
  renameModel,
  ServiceStream,
  type StreamFormat,
  serviceEvents,
  type TextApi
} from '@bursar/translation'
import type { Recording } from './answers/recording.js'
import type { LiveAnswer, TranslatedAnswer } from './endpoints/endpoint.js'
import { headersToClient } from './handed-headers.js'
import { cutOff, malformedAnswer } from './services/service-problem.js'

/** Bytes of one answer that is forwarded. The largest hold several images as text. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024
const EVENT_STREAM = 'text/event-stream'

const encoder = new TextEncoder()

/** What was asked for, and how its API streams. */
export interface Asked {
  readonly body: JsonObject
  readonly stream: StreamFormat | undefined
  /** Whether a whole answer is one. Default: any is. */
  readonly isAnswer?: TextApi['isAnswer']
  /** Of the answer, in addition. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Writes an answer whole, or as the events of a stream where one was asked for and there are any. */
export function recordAnswer(
  recording: Recording,
  { body, text, leftOut = [] }: TranslatedAnswer,
  { body: request, stream, headers = {} }: Asked
): void {
  recording.whole = body
  const events = request.stream === true ? stream?.events(body, request) : undefined
  const chunks = [...(events ?? [text ?? stringifyExact(body)])].map((each) => encoder.encode(each))
  const type = events
    ? { 'content-type': EVENT_STREAM, 'cache-control': 'no-cache' }
    : // With its length, head, body and end leave in one write.
      { 'content-type': 'application/json', 'content-length': String(chunks[0]?.byteLength) }
  recording.begin({
    status: 200,
    headers: { ...headers, ...type, ...leftOutHeaders(leftOut), ...costHeaders(recording.costs) }
  })
  for (const chunk of chunks) recording.write(chunk)
}

/** Writes an answer as its events come. @throws {HttpProblem} 502 when it is larger than is kept, or is cut off. */
export async function recordLive(
  recording: Recording,
  { events, whole, leftOut = [] }: LiveAnswer
): Promise<void> {
  const type = { 'content-type': EVENT_STREAM, 'cache-control': 'no-cache' }
  recording.begin({ status: 200, headers: { ...type, ...leftOutHeaders(leftOut) } })
  for await (const event of events) recordChunk(recording, encoder.encode(event))
  recording.whole = whole()
}

/**
 * Records what a service answered itself: a stream as a stream, and a text as what was asked for.
 *
 * @throws {HttpProblem} 502 when it is larger than is kept, and when a stream is cut off.
 */
export async function recordResponse(recording: Recording, response: Response, asked: Asked): Promise<void> {
  const { stream, body: request } = asked
  const { body } = response
  const type = response.headers.get('content-type') ?? 'application/json'
  const handed = headersToClient(response.headers)
  if (stream && type.startsWith('application/json'))
    return recordText(recording, response, { ...asked, headers: handed })
  const headers = { 'content-type': type, ...handed, ...costHeaders(recording.costs) }
  recording.begin({ status: response.status, headers })
  if (stream && body && type.startsWith(EVENT_STREAM))
    return recordEvents(recording, body, new ServiceStream(stream, request.model))
  for await (const chunk of bodyChunks(response)) recordChunk(recording, chunk)
}

async function recordText(recording: Recording, response: Response, asked: Asked): Promise<void> {
  const text = await boundedText(response, MAX_ANSWER_BYTES)
  if (text === undefined) throw answerTooLarge(MAX_ANSWER_BYTES, 'settled')
  const object = parseJsonObject(text)
  if (!object) throw malformedAnswer()
  const isNone = asked.body.stream !== true && asked.isAnswer?.(object) === false
  if (isNone) throw malformedAnswer(noCompletionWords(object))
  const renamed = changeJsonText({ text, object }, (answer) => renameModel(answer, asked.body.model))
  recordAnswer(recording, { body: renamed.object, text: renamed.text }, asked)
}

async function recordEvents(
  recording: Recording,
  body: ReadableStream<Uint8Array>,
  stream: ServiceStream
): Promise<void> {
  try {
    for await (const each of serviceEvents(body, stream)) recordChunk(recording, encoder.encode(each))
  } catch (error) {
    throw error instanceof HttpProblem ? error : cutOff()
  }
}

function recordChunk(recording: Recording, chunk: Uint8Array): void {
  if (chunk.byteLength > 0) recording.write(chunk)
  if (recording.byteLength > MAX_ANSWER_BYTES) throw answerTooLarge(MAX_ANSWER_BYTES, 'settled')
}

/** The error of an answer that is larger than is kept. */
export function answerTooLarge(maxBytes: number, moneyState: 'none' | 'settled'): HttpProblem {
  return new HttpProblem({
    status: 502,
    code: 'answer_too_large',
    message: `The answer is larger than ${maxBytes} bytes`,
    moneyState
  })
}
