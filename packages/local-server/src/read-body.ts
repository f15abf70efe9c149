import type { IncomingMessage } from 'node:http'
import { RequestProblem } from './http-problem.js'

/**
 * Reads a body. One whose length is declared as too large is not read at all.
 *
 * @throws {RequestProblem} 413 for more than `maxBytes`.
 */
export async function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(message.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function tooLarge(maxBytes: number): RequestProblem {
  return new RequestProblem({
    status: 413,
    code: 'request_too_large',
    message: `The body is larger than ${maxBytes} bytes`
  })
}
