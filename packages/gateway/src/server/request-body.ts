import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { HttpError } from './response.js'

/** The hash and the length of a body, computed without keeping it. */
export interface BodyDigest {
  /** Hex. */
  readonly sha256: string
  readonly bytes: number
}

/** Where a body comes from. */
export interface BodySource {
  readonly message: IncomingMessage
  /** More bytes than this are answered with 413. */
  readonly limitBytes: number
  /** Called before the first byte is read, to send `100 Continue`. */
  readonly onFirstRead: () => void
}

/** The body of a request. It is read at most once: as its bytes, or only as its digest. */
export class RequestBody {
  readonly #source: BodySource
  #whole: Promise<Buffer> | undefined
  #digest: Promise<BodyDigest> | undefined

  constructor(source: BodySource) {
    this.#source = source
  }

  /**
   * The bytes. Must be called before {@link digest}, which does not keep them.
   *
   * @throws {HttpError} 413 when the body is too large; 400 when the client disconnected.
   */
  whole(): Promise<Buffer> {
    if (this.#digest && !this.#whole) throw new TypeError('The body was read for its digest only.')
    this.#whole ??= this.#readWhole()
    return this.#whole
  }

  /**
   * The digest, computed while the body comes in.
   *
   * @throws {HttpError} as {@link whole}.
   */
  digest(): Promise<BodyDigest> {
    this.#digest ??= this.#whole
      ? this.#whole.then((body) => ({ sha256: sha256(body), bytes: body.byteLength }))
      : this.#readDigest()
    return this.#digest
  }

  async #readWhole(): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    await readChunks(this.#source, (chunk) => chunks.push(chunk))
    return Buffer.concat(chunks)
  }

  async #readDigest(): Promise<BodyDigest> {
    const hash = createHash('sha256')
    const bytes = await readChunks(this.#source, (chunk) => hash.update(chunk))
    return { sha256: hash.digest('hex'), bytes }
  }
}

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function readChunks(
  { message, limitBytes, onFirstRead }: BodySource,
  onChunk: (chunk: Uint8Array) => void
): Promise<number> {
  onFirstRead()
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
      reject(new HttpError(400, 'body_incomplete', 'The connection closed before the body was complete.'))
    )
  })
}
