import type { IncomingMessage } from 'node:http'
import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { RequestProblem } from './http-problem.js'

/** In Node from 22.15 on. */
const createZstd: (() => Transform) | undefined = Reflect.get(zlib, 'createZstdDecompress')

/** What undoes an encoding, by its name. */
const decoders: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', () => zlib.createInflate()],
  ['br', () => zlib.createBrotliDecompress()],
  ...(createZstd ? [['zstd', createZstd] as const] : [])
])

/**
 * The bytes of a body with its `content-encoding` undone, as they come. Who stops reading ends the work, and not the
 * connection, on which the answer is still to be sent.
 *
 * @throws {RequestProblem} 415 for an encoding that is not known here; 400 when the body is not what it is said to be.
 */
export async function* decodedBody(message: IncomingMessage): AsyncGenerator<Uint8Array, void, undefined> {
  const name = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (name === 'identity' || name === '') return yield* message.iterator({ destroyOnReturn: false })
  const create = decoders.get(name)
  if (!create) throw unknownEncoding(name)
  const decoder = create()
  const leave = (): void => {
    if (!message.complete) decoder.destroy(new Error('The client has left'))
  }
  message.once('close', leave).pipe(decoder)
  try {
    yield* decoder
  } catch {
    throw new RequestProblem({ status: 400, code: 'invalid_encoding', message: `The body is not ${name}` })
  } finally {
    message.off('close', leave).unpipe(decoder)
    decoder.destroy()
  }
}

function unknownEncoding(name: string): RequestProblem {
  const known = [...decoders.keys()].filter((each) => !each.startsWith('x-')).join(', ')
  return new RequestProblem({
    status: 415,
    code: 'unsupported_encoding',
    message: `Content-Encoding is ${name.slice(0, 40)}, and must be one of ${known} here, or absent`
  })
}
