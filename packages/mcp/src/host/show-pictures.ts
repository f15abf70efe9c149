import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { McpContext } from '../context.js'
import type { PictureContent, ToolOutput, ToolResult } from '../tool-output.js'
import { hostTraits } from './host-traits.js'

/** Bytes of one picture, and of all that one result shows. Models take 5 MB of base64 at most. */
const MAX_BYTES = 3 * 1024 * 1024
const MAX_ALL_BYTES = 6 * 1024 * 1024

const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif'
}

/**
 * Adds the pictures of a result's files to its content, for hosts that show pictures to their models. The files are named
 * all the same. For a host that would show the structured content instead, that is left out: the text says the same.
 */
export async function showPictures(
  { pictures = 'auto' }: Pick<McpContext, 'pictures'>,
  client: string | undefined,
  result: ToolResult
): Promise<ToolResult> {
  const { showsPictures, prefersStructured } = hostTraits(client)
  if (pictures === 'never' || (pictures === 'auto' && !showsPictures)) return result
  const { structuredContent = {}, ...said } = result
  const shown = await readPictures(filesOf(structuredContent))
  if (shown.length === 0) return result
  const content = [...result.content, ...shown]
  return prefersStructured ? { ...said, content } : { ...result, content }
}

function filesOf({ files, file }: ToolOutput): readonly string[] {
  return [files, file].flat().filter((path) => typeof path === 'string')
}

/** Pictures that are too large, gone, or cannot be read are left out: their files are named. */
async function readPictures(paths: readonly string[]): Promise<readonly PictureContent[]> {
  const pictures: PictureContent[] = []
  let room = MAX_ALL_BYTES
  for (const path of paths) {
    const mimeType = types[extname(path).toLowerCase()]
    const { size = Number.POSITIVE_INFINITY } = (await stat(path).catch(() => undefined)) ?? {}
    if (mimeType === undefined || size > Math.min(room, MAX_BYTES)) continue
    const bytes = await readFile(path).catch(() => undefined)
    if (!bytes) continue
    room -= bytes.byteLength
    pictures.push({ type: 'image', mimeType, data: bytes.toString('base64') })
  }
  return pictures
}
