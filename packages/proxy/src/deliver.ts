import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Clock } from '@bursar/core'
import { type Api, problemOf, refuse } from '@bursar/local-server'
import type { AnswerHead, Recording } from './recording.js'

/** How an answer is handed to a client. */
export interface Delivery {
  readonly api: Api
  /** A stream that was asked for begins after this time at the latest, and says every so often that it waits. */
  readonly streamAfterMs: number | undefined
  readonly clock: Clock
}

/** Hands an answer on as it comes. @returns whether the client was given the whole of it, as soon as that is known. */
export async function deliver(
  response: ServerResponse,
  recording: Recording,
  delivery: Delivery
): Promise<boolean> {
  const { api, streamAfterMs, clock } = delivery
  const gone = new AbortController()
  const leave = (): void => gone.abort()
  response.once('close', leave)
  // Of an answer that waits for another on one connection, only the connection's end is told.
  response.req.socket.once('close', leave)
  try {
    const head = await headWithin(recording, streamAfterMs, clock, gone.signal)
    if (head) response.writeHead(head.status, head.headers)
    else {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
      await keepAlive(response, recording, delivery, gone.signal)
    }
    for await (const chunk of recording.read()) {
      if (gone.signal.aborted) return false
      if (!response.write(chunk)) await once(response, 'drain', { signal: gone.signal })
    }
    response.end()
    await once(response, 'finish', { signal: gone.signal })
    return true
  } catch (error) {
    if (!gone.signal.aborted) refuse(response, problemOf(error), api)
    return false
  } finally {
    response.req.socket.off('close', leave)
  }
}

/** The head, if it comes in time. @throws once the client is gone. */
async function headWithin(
  recording: Recording,
  withinMs: number | undefined,
  clock: Clock,
  gone: AbortSignal
): Promise<AnswerHead | undefined> {
  gone.throwIfAborted()
  const over = new AbortController()
  const left = once(gone, 'abort', { signal: over.signal }).then(() => gone.throwIfAborted())
  const late = withinMs === undefined ? [] : [clock.sleep(withinMs, over.signal)]
  const others = [left, ...late].map((each) => each.then(() => undefined))
  // What is no longer waited for ends with the race.
  for (const other of others) other.catch(() => {})
  try {
    return await Promise.race([recording.head(), ...others])
  } finally {
    over.abort()
  }
}

/** Says that it waits until there is something to say. */
async function keepAlive(
  response: ServerResponse,
  recording: Recording,
  { api, streamAfterMs, clock }: Delivery,
  gone: AbortSignal
): Promise<void> {
  do response.write(api.keepAlive)
  while (!(await headWithin(recording, streamAfterMs, clock, gone)))
}
