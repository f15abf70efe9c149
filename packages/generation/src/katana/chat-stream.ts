import { discardBody, isBursarError } from '@bursar/core'
import type { Connection, Exchange } from '../shared/service/connection.js'
import { readFailure } from '../shared/service/error-body.js'
import type { Operation } from '../shared/service/operation.js'
import { eventData } from '../shared/wire/event-stream.js'
import type { ChatChunk } from './chat-completion.js'
import { readChunk } from './wire/chat-answer.js'

/**
 * Sends a chat whose answer streams. The stream is complete when it ends with [DONE]; before, billing is not settled
 * (Katana 83).
 *
 * @throws {BursarError} `service/*`, also while the chunks are read.
 */
export async function streamChat(
  connection: Connection,
  operation: Operation
): Promise<AsyncIterable<ChatChunk>> {
  const headers = { ...operation.headers, accept: 'text/event-stream' }
  const exchange = await connection.send({ ...operation, headers })
  const { body, headers: received } = exchange.response
  if (body && /^text\/event-stream\b/i.test(received.get('content-type') ?? ''))
    return chunksOf(connection, exchange, body)
  discardBody(exchange.response)
  throw connection.malformed(exchange, 'no event stream')
}

async function* chunksOf(
  connection: Connection,
  exchange: Exchange,
  body: ReadableStream<Uint8Array>
): AsyncGenerator<ChatChunk, void, undefined> {
  try {
    for await (const data of eventData(body)) {
      if (data === '[DONE]') return
      const chunk = readChunk(data)
      if (chunk === undefined) throw connection.malformed(exchange, reasonIn(data))
      yield chunk
    }
  } catch (error) {
    if (isBursarError(error) || exchange.operation.signal?.aborted) throw error
    throw connection.malformed(exchange, 'the stream broke off', error)
  }
  throw connection.malformed(exchange, 'the stream ended before [DONE]')
}

/** An error may come in the middle of a stream. */
function reasonIn(data: string): string {
  const { reason, serviceCode } = readFailure(data)
  return reason ?? serviceCode ?? 'a chunk without choices'
}
