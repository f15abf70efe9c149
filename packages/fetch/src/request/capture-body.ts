import { BursarError } from '@bursar/core'
import type { Platform } from '../platform.js'
import type { CapturedBody } from './captured-request.js'
import { encodeFormData } from './form-data.js'

/** How bodies are captured. */
export interface CaptureOptions {
  readonly maxStreamBytes: number
  readonly sha256: Platform['sha256']
}

/** A captured body and the content type that it implies when the caller names none. */
export interface BodyCapture {
  readonly body: CapturedBody
  readonly contentType?: string | undefined
}

const encoder = new TextEncoder()

/**
 * Captures any body that fetch takes. Bytes and Blobs are referenced, not copied; a stream is read to
 * its end, up to a bound, since it can only be read once.
 *
 * @throws {BursarError} `request/body-too-large` when a stream passes the bound.
 * @throws {TypeError} when the value is no body.
 */
export function captureBody(value: unknown, options: CaptureOptions): BodyCapture | Promise<BodyCapture> {
  if (typeof value === 'string') return captureText(value, 'text/plain')
  if (value instanceof URLSearchParams)
    return captureText(value.toString(), 'application/x-www-form-urlencoded')
  if (value instanceof Blob) return captureBlob(value, value.type)
  if (value instanceof FormData)
    return encodeFormData(value, options.sha256).then(({ blob, contentType }) =>
      captureBlob(blob, contentType)
    )
  const bytes = bytesIn(value)
  if (bytes) return { body: bodyOf(bytes) }
  if (isAsyncIterable(value)) return readStream(value, options.maxStreamBytes).then((body) => ({ body }))
  throw new TypeError('A request body must be text, bytes, a Blob, a form or a stream')
}

function captureText(text: string, type: string): BodyCapture {
  return { body: bodyOf(encoder.encode(text)), contentType: `${type};charset=UTF-8` }
}

function captureBlob(blob: Blob, contentType: string): BodyCapture {
  return { body: { kind: 'blob', blob, size: blob.size }, contentType: contentType || undefined }
}

function bodyOf(bytes: Uint8Array): CapturedBody {
  return { kind: 'bytes', chunks: [bytes], size: bytes.byteLength }
}

function bytesIn(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  const isShared = typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer
  return value instanceof ArrayBuffer || isShared ? new Uint8Array(value) : undefined
}

async function readStream(stream: AsyncIterable<unknown>, maxBytes: number): Promise<CapturedBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
    if (!(bytes instanceof Uint8Array)) throw new TypeError('A streamed request body must yield bytes')
    size += bytes.byteLength
    if (size > maxBytes) throw tooLargeError(maxBytes)
    chunks.push(bytes)
  }
  return { kind: 'bytes', chunks, size }
}

function tooLargeError(limitBytes: number): BursarError {
  return new BursarError('request/body-too-large', {
    message:
      `A streamed body is kept to be sent again, and this one is larger than ${limitBytes} bytes. ` +
      'Send a Blob or bytes, or raise maxStreamBytes. Nothing was sent.',
    context: { limitBytes },
    moneyState: 'none'
  })
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
