import type { IncomingMessage } from 'node:http'
import { joinBytes } from '@bursar/core'
import { decodedBody } from './decoded-body.js'
import { RequestProblem } from './http-problem.js'

/** The code of a body that is too large. */
const TOO_LARGE = 'request_too_large'

/**
 * Reads a body, whose encoding is undone. One whose length is declared as too large is not read at all.
 *
 * @throws {RequestProblem} 400 for more than `maxBytes` before or after decoding: some clients repeat a 413 for ever. 415
 * for an encoding that is not known here.
 */
export async function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(message.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of decodedBody(message)) {
      length += chunk.byteLength
      if (length > maxBytes) throw tooLarge(maxBytes)
      chunks.push(chunk)
    }
  } finally {
    // What is left is let go by, so that the client sees the answer and not a broken connection.
    message.resume()
  }
  return joinBytes(chunks)
}

function tooLarge(maxBytes: number): RequestProblem {
  return new RequestProblem({
    status: 400,
    code: TOO_LARGE,
    message: `The body is larger than ${maxBytes} bytes`
  })
}
