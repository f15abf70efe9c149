import { BursarError } from '@bursar/core'
import type { Platform } from '../platform.js'
import type { CapturedBody } from './captured-request.js'
import { encodeFormData } from './form-data.js'

/** A captured body and the content type that it implies when the caller names none. */
export interface BodyCapture {
  readonly body: CapturedBody
  readonly contentType?: string
}

const encoder = new TextEncoder()

/**
 * Captures any body that fetch takes. Bytes and Blobs are referenced, not copied; a stream is read to
 * its end, up to a bound, since it can only be read once.
 *
 * @throws {BursarError} `request/body-too-large` when a stream passes the bound.
 * @throws {TypeError} when the value is no body.
 */
export async function captureBody(
  value: unknown,
  maxStreamBytes: number,
  sha256: Platform['sha256']
): Promise<BodyCapture> {
  if (typeof value === 'string') {
    return { body: bytesOf(encoder.encode(value)), contentType: 'text/plain;charset=UTF-8' }
  }
  if (value instanceof URLSearchParams) {
    const contentType = 'application/x-www-form-urlencoded;charset=UTF-8'
    return { body: bytesOf(encoder.encode(value.toString())), contentType }
  }
  if (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer)
  ) {
    return { body: bytesOf(new Uint8Array(value)) }
  }
  if (ArrayBuffer.isView(value)) {
    return { body: bytesOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
  }
  if (value instanceof Blob) {
    const body: CapturedBody = { kind: 'blob', blob: value, size: value.size }
    return value.type ? { body, contentType: value.type } : { body }
  }
  if (value instanceof FormData) {
    const { blob, contentType } = await encodeFormData(value, sha256)
    return { body: { kind: 'blob', blob, size: blob.size }, contentType }
  }
  if (isAsyncIterable(value)) return { body: await readStream(value, maxStreamBytes) }
  throw new TypeError('A request body must be text, bytes, a Blob, a form or a stream')
}

async function readStream(stream: AsyncIterable<unknown>, maxBytes: number): Promise<CapturedBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
    if (!(bytes instanceof Uint8Array)) throw new TypeError('A streamed request body must yield bytes')
    size += bytes.byteLength
    if (size > maxBytes) {
      throw new BursarError('request/body-too-large', {
        message:
          `A streamed body is kept to be sent again, and this one is larger than ${maxBytes} bytes. ` +
          'Send a Blob or bytes, or raise maxStreamBytes.',
        context: { limitBytes: maxBytes },
        moneyState: 'none'
      })
    }
    chunks.push(bytes)
  }
  return { kind: 'bytes', chunks, size }
}

function bytesOf(bytes: Uint8Array): CapturedBody {
  return { kind: 'bytes', chunks: [bytes], size: bytes.byteLength }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
