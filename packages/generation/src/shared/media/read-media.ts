import { readFile, stat } from 'node:fs/promises'
import { MAX_MEDIA_BYTES } from './media-value.js'

/**
 * Reads an image or an audio file.
 *
 * @throws {RangeError} when it is larger than a request can be.
 */
export async function readMedia(path: string | URL): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > MAX_MEDIA_BYTES) {
    throw new RangeError(`The file holds ${size} bytes; media may hold ${MAX_MEDIA_BYTES} at most`)
  }
  return readFile(path)
}
