import type { JsonObject } from '@bursar/core'
import { HttpProblem } from '@bursar/local-server'
import { chatChunksIn, chatStreamFormat, chunkError, ServiceStream, serviceEvents } from '@bursar/translation'
import { readCompletion } from './read-answer.js'
import { cutOff } from './service-problem.js'

const withUsage = { stream_options: { include_usage: true } }

/**
 * The chunks of a chat that a service streams, or answers whole where it was to stream.
 *
 * @throws {HttpProblem} 502 when the stream is cut off, or holds an error.
 */
export async function* chunksOf(response: Response): AsyncGenerator<JsonObject, void, undefined> {
  const { body, headers } = response
  if (!body || !headers.get('content-type')?.startsWith('text/event-stream')) {
    const whole = await readCompletion(response)
    return yield* chunksIn([...chatStreamFormat.events(whole, withUsage)].join(''))
  }
  try {
    for await (const events of serviceEvents(body, new ServiceStream(chatStreamFormat)))
      yield* chunksIn(events)
  } catch (error) {
    throw error instanceof HttpProblem ? error : cutOff()
  }
}

function* chunksIn(events: string): Generator<JsonObject, void, undefined> {
  for (const chunk of chatChunksIn(events)) {
    const error = chunkError(chunk)
    if (error) throw cutOff(error.words)
    yield chunk
  }
}
