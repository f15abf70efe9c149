import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { abortable, type Clock, costHeaders } from '@bursar/core'
import { type ApiFormat, sendProblem } from '@bursar/local-server'
import { problemOfRequest } from '../problem-of-request.js'
import { begin, isEventStream, keepOpen, type OpenStream } from './keep-open.js'
import type { Recording } from './recording.js'

/** How an answer is sent to a client. */
export interface Delivery {
  readonly format: ApiFormat
  /** The stream, where the client asked for one. */
  readonly stream?: OpenStream
  readonly clock: Clock
}

/** An answer on its way to one client. */
interface Sending extends Delivery {
  readonly response: ServerResponse
  readonly recording: Recording
  /** Aborts when the client leaves. */
  readonly left: AbortSignal
  /** Of the answer, so far. */
  bytesWritten: number
}

const decoder = new TextDecoder()

/**
 * Sends an answer to a client as it arrives.
 *
 * @returns whether the client was sent the whole answer.
 */
export async function deliver(
  response: ServerResponse,
  recording: Recording,
  delivery: Delivery
): Promise<boolean> {
  const left = new AbortController()
  // An answer that was handed over whole closes too, and an abort makes an exception, with its stack.
  const leave = (): void => {
    if (!response.writableFinished) left.abort()
  }
  response.once('close', leave)
  // A pipelined answer that waits for another on its connection emits nothing itself when the connection ends.
  response.req.socket.once('close', leave)
  // Who has left before is not told of again.
  if (response.destroyed || response.req.socket.destroyed) leave()
  const sending: Sending = { ...delivery, response, recording, left: left.signal, bytesWritten: 0 }
  const { stream, clock } = sending
  const close = stream && keepOpen(response, stream, { clock, bytesWritten: () => sending.bytesWritten })
  try {
    await sendHead(sending)
    await sendBody(sending)
    return true
  } catch (error) {
    if (!left.signal.aborted && !response.writableEnded) sendError(sending, error)
    return false
  } finally {
    close?.()
    response.off('close', leave)
    response.req.socket.off('close', leave)
  }
}

/** A stream that had to wait has begun before. @throws once the client has left. */
async function sendHead({ response, recording, left }: Sending): Promise<void> {
  const { status, headers } = await abortable(recording.head(), left)
  if (!response.headersSent) begin(response, status, headers)
}

async function sendBody(sending: Sending): Promise<void> {
  const { response, recording, left, stream } = sending
  const answer = isEventStream(response) ? stream?.answer : undefined
  for await (const chunk of recording.read(left)) {
    left.throwIfAborted()
    sending.bytesWritten += chunk.byteLength
    const sent = answer ? answer.next(decoder.decode(chunk)) : chunk
    if (!response.write(sent)) await once(response, 'drain', { signal: left })
  }
  response.end()
  await once(response, 'finish', { signal: left })
}

function sendError({ response, recording, stream, format }: Sending, error: unknown): void {
  const problem = problemOfRequest(error)
  if (!response.headersSent) {
    const headers = costHeaders(recording.costs)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    sendProblem(response, problem, format)
  } else if (!isEventStream(response)) {
    // Of what is no stream, a part must not end as if it were whole.
    response.destroy()
  } else if (stream) response.end(stream.answer.fail(problem))
  else sendProblem(response, problem, format)
}
