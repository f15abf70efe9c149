import { isJsonObject, parseJsonObject } from '@bursar/core'
import type { LiveMessage } from '@bursar/translation'
import { eventData } from '../../wire/event-stream.js'
import { problemBody } from './sdk-problem.js'

/** The events of a stream of Messages, from the stream of a chat. One that breaks off ends with an error. */
export async function* liveStream(
  body: ReadableStream<Uint8Array>,
  live: LiveMessage
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const data of eventData(body)) {
      if (data === '[DONE]') break
      const chunk = parseJsonObject(data) ?? {}
      if (isJsonObject(chunk.error)) return yield errorEvent(chunk.error.message)
      yield* live.push(chunk)
    }
  } catch {
    return yield errorEvent(undefined)
  }
  if (live.isComplete) yield* live.end()
  else yield errorEvent(undefined)
}

function errorEvent(reason: unknown): string {
  const message = typeof reason === 'string' ? reason : "The service's stream broke off"
  const body = problemBody({ status: 502, code: 'stream_broken', message })
  return `event: error\ndata: ${JSON.stringify(body)}\n\n`
}
