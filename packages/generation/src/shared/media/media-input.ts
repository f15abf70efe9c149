import { encodeBase64 } from './base64.js'
import { mediaTypeOf } from './media-type.js'
import { assertMediaSize } from './media-value.js'
import { unreadableField } from './unreadable-media.js'

/** Media that is read when it is needed, such as what {@link file} makes. */
export interface LazyMedia {
  read(): Promise<Uint8Array | Blob>
}

/**
 * An image or audio: an HTTPS URL, a data URL, base64, bytes, a Blob, or `file('cat.png')`. Bytes are sent as a data
 * URL. Paths and other URLs in text are rejected: a service cannot reach them, or should not.
 */
export type MediaInput = string | Uint8Array | Blob | LazyMedia

/**
 * A file on this machine, read when it is sent. Node, Deno and Bun only.
 *
 * @example
 * ```ts
 * await katana.images.generate({ model: 'gpt-image-2', prompt: 'In blue', aspectRatio: 'auto', images: [file('mug.png')] })
 * ```
 */
export function file(path: string | URL): LazyMedia {
  return { read: async () => (await import('#disk')).disk.readMedia(path) }
}

/**
 * Turns media into the text that goes over the wire. Text is left as it is: the rules evaluate it.
 *
 * @param field names the media in the error.
 * @throws {BursarError} `request/invalid` when it cannot be read, or is larger than a request can be.
 */
export async function mediaText(input: MediaInput, field: string): Promise<string> {
  try {
    return await encode(input)
  } catch (error) {
    throw unreadableField(field, error)
  }
}

async function encode(input: MediaInput): Promise<string> {
  if (typeof input === 'string') return input
  if (input instanceof Uint8Array) {
    assertMediaSize(input.length)
    return dataUrl(input, undefined)
  }
  if (input instanceof Blob) {
    assertMediaSize(input.size)
    return dataUrl(new Uint8Array(await input.arrayBuffer()), input.type)
  }
  return encode(await input.read())
}

/** The signature of the bytes goes before the label. */
function dataUrl(bytes: Uint8Array, label: string | undefined): string {
  const mimeType = mediaTypeOf(bytes)?.mimeType ?? (label || 'application/octet-stream')
  return `data:${mimeType.replace(/;.*$/s, '')};base64,${encodeBase64(bytes)}`
}

/** Whether something is media: anything but text must be bytes, a Blob, or something to read. */
export function isMediaInput(value: unknown): value is MediaInput {
  if (typeof value === 'string' || value instanceof Uint8Array || value instanceof Blob) return true
  return typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function'
}
