import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { HttpError } from './response.js'

/** What is known of a body without keeping it. */
export interface BodyDigest {
  readonly sha256: string
  readonly bytes: number
}

/**
 * Reads a request's body to its end, chunk by chunk.
 *
 * @throws {HttpError} 413 beyond `limitBytes`; 400 when the client went away.
 */
function readChunks(
  message: IncomingMessage,
  limitBytes: number,
  onChunk: (chunk: Uint8Array) => void
): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0
    message.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength
      if (bytes <= limitBytes) return onChunk(chunk)
      message.removeAllListeners('data')
      reject(new HttpError(413, 'body_too_large', `The body is larger than ${limitBytes} bytes.`))
    })
    message.once('end', () => resolve(bytes))
    message.once('error', () =>
      reject(new HttpError(400, 'body_incomplete', 'The body did not arrive whole.'))
    )
  })
}

/** A body, read at most once: whole, or as its digest only. */
export class RequestBody {
  readonly #message: IncomingMessage
  readonly #limitBytes: number
  readonly #onFirstRead: () => void
  #whole: Promise<Buffer> | undefined
  #digest: Promise<BodyDigest> | undefined

  /** @param onFirstRead called before the first byte is taken, to send `100 Continue`. */
  constructor(message: IncomingMessage, limitBytes: number, onFirstRead: () => void) {
    this.#message = message
    this.#limitBytes = limitBytes
    this.#onFirstRead = onFirstRead
  }

  /**
   * The bytes. A route that wants them asks before anyone asks for the digest.
   *
   * @throws {HttpError} 413, 400
   */
  whole(): Promise<Buffer> {
    if (this.#digest && !this.#whole) throw new TypeError('The body was read for its digest only.')
    this.#whole ??= this.#readWhole()
    return this.#whole
  }

  /**
   * Hashes the body as it comes in; nothing is kept.
   *
   * @throws {HttpError} 413, 400
   */
  digest(): Promise<BodyDigest> {
    this.#digest ??= this.#whole
      ? this.#whole.then((body) => ({ sha256: sha256(body), bytes: body.byteLength }))
      : this.#readDigest()
    return this.#digest
  }

  async #readWhole(): Promise<Buffer> {
    this.#onFirstRead()
    const chunks: Uint8Array[] = []
    await readChunks(this.#message, this.#limitBytes, (chunk) => chunks.push(chunk))
    return Buffer.concat(chunks)
  }

  async #readDigest(): Promise<BodyDigest> {
    this.#onFirstRead()
    const hash = createHash('sha256')
    const bytes = await readChunks(this.#message, this.#limitBytes, (chunk) => hash.update(chunk))
    return { sha256: hash.digest('hex'), bytes }
  }
}

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
