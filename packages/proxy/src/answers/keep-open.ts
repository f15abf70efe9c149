import type { ServerResponse } from 'node:http'
import type { Clock } from '@bursar/core'
import type { AnswerStream } from '@bursar/translation'

const EVENT_STREAM = 'text/event-stream'

/** A stream that a client asked for. */
export interface OpenStream {
  readonly answer: AnswerStream
  /** It begins after this many milliseconds at the latest, and is never silent for longer. */
  readonly keepAliveMs: number
}

/** Whether what has begun is a stream of events, in which an error has a place. */
export function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith(EVENT_STREAM)
}

/** Begins an answer. Its headers can be read from it afterwards. */
export function begin(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.writeHead(status)
}

/**
 * Begins a stream in time, and shows again and again that its answer is still to come.
 *
 * @param bytesWritten of the answer, so that nothing is sent beside what arrives by itself.
 * @returns what ends that.
 */
export function keepOpen(
  response: ServerResponse,
  { answer, keepAliveMs }: OpenStream,
  { clock, bytesWritten }: { readonly clock: Clock; readonly bytesWritten: () => number }
): () => void {
  const over = new AbortController()
  const watch = async (): Promise<void> => {
    for (let before = 0; ; before = bytesWritten()) {
      await clock.sleep(keepAliveMs, over.signal)
      // What has ended may have to wait for its client, or for another answer on its connection: Node ends a program that writes then.
      if (response.writableEnded || (response.headersSent && !isEventStream(response))) return
      if (bytesWritten() !== before || response.writableNeedDrain) continue
      if (!response.headersSent)
        begin(response, 200, { 'content-type': EVENT_STREAM, 'cache-control': 'no-cache' })
      response.write(answer.keepAlive())
    }
  }
  // Ending it ends the wait with an error that nobody needs.
  watch().catch(() => {})
  return () => over.abort()
}
