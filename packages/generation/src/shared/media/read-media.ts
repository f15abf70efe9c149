import { readFile, stat } from 'node:fs/promises'
import { isError } from '@bursar/core'
import { assertMediaSize } from './media-value.js'
import { UnreadableMedia } from './unreadable-media.js'

/**
 * Reads an image or an audio file.
 *
 * @throws {UnreadableMedia} when there is no such file, when it is none, or when it is larger than a request can be.
 */
export async function readMedia(path: string | URL): Promise<Uint8Array> {
  try {
    const stats = await stat(path)
    // Reading a FIFO or a device might never end.
    if (!stats.isFile()) throw new UnreadableMedia('media_unreadable', `cannot be read: ${path} is no file`)
    assertMediaSize(stats.size)
    return await readFile(path)
  } catch (error) {
    if (error instanceof UnreadableMedia) throw error
    throw new UnreadableMedia('media_unreadable', `cannot be read: ${reasonOf(error)} ${path}`)
  }
}

function reasonOf(error: unknown): string {
  const code = isError(error) && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no file'
  return code === 'EACCES' ? 'nobody may read' : `reading failed (${String(code)}) of`
}
