import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Clock } from '@bursar/core'
import { type ApiFormat, sendProblem } from '@bursar/local-server'
import { costHeaders } from '../costs/cost-tally.js'
import { problemOfRequest } from '../problem-of-request.js'
import type { AnswerHead, Recording } from './recording.js'

/** How an answer is sent to a client. */
export interface Delivery {
  readonly format: ApiFormat
  /** A stream begins after this many milliseconds at the latest, and then sends a keep-alive as often. */
  readonly streamAfterMs: number | undefined
  readonly clock: Clock
}

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
  const leave = (): void => left.abort()
  response.once('close', leave)
  // A pipelined answer that waits for another on its connection emits nothing itself when the connection ends.
  response.req.socket.once('close', leave)
  let isStream = true
  try {
    isStream = await sendHead(response, recording, delivery, left.signal)
    return await sendBody(response, recording, left.signal)
  } catch (error) {
    if (left.signal.aborted) return false
    // Of what is no stream, a part must not end as if it were whole.
    if (!response.headersSent) setHeaders(response, costHeaders(recording.costs))
    if (isStream) sendProblem(response, problemOfRequest(error), delivery.format)
    else response.destroy()
    return false
  } finally {
    response.req.socket.off('close', leave)
  }
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

/** @returns whether it is a stream of events, in which an error has a place. */
async function sendHead(
  response: ServerResponse,
  recording: Recording,
  delivery: Delivery,
  left: AbortSignal
): Promise<boolean> {
  const head = await headInTime(recording, delivery, left)
  if (head) {
    response.writeHead(head.status, head.headers)
    return head.headers['content-type']?.startsWith('text/event-stream') ?? false
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  do response.write(delivery.format.keepAlive)
  while (!(await headInTime(recording, delivery, left)))
  return true
}

async function sendBody(response: ServerResponse, recording: Recording, left: AbortSignal): Promise<boolean> {
  for await (const chunk of recording.read()) {
    if (left.aborted) return false
    if (!response.write(chunk)) await once(response, 'drain', { signal: left })
  }
  response.end()
  await once(response, 'finish', { signal: left })
  return true
}

/** The head, when it arrives before the stream has to begin. @throws once the client has left. */
async function headInTime(
  recording: Recording,
  { streamAfterMs, clock }: Delivery,
  left: AbortSignal
): Promise<AnswerHead | undefined> {
  left.throwIfAborted()
  const over = new AbortController()
  const leaving = once(left, 'abort', { signal: over.signal }).then(() => left.throwIfAborted())
  const late = streamAfterMs === undefined ? [] : [clock.sleep(streamAfterMs, over.signal)]
  const others = [leaving, ...late].map((each) => each.then(() => undefined))
  // Ending the race ends these, each with an error that nobody needs.
  for (const other of others) other.catch(() => {})
  try {
    return await Promise.race([recording.head(), ...others])
  } finally {
    over.abort()
  }
}
