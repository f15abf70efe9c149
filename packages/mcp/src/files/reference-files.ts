import { realpath, stat } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import type { BursarError } from '@bursar/core'
import { file, type MediaInput } from '@bursar/generation/katana'
import { rejectArgument } from '../reject-argument.js'

/** Bytes of one file that a service is given. */
const MAX_BYTES = 20 * 1024 * 1024
/** A model must not have other files of the folder sent away. */
const extensions = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif'])

/** A picture that a service is given. */
export interface Reference {
  readonly media: MediaInput
  /** What makes it equal to another: an URL, or a file as it is now. */
  readonly identity: unknown
}

/**
 * Finds pictures that a model names: files of the operator's folders, and https URLs, which the service fetches.
 *
 * @param folders that they may be in, with the folders in them.
 * @throws {BursarError} `request/invalid`
 */
export async function findReferences(
  folders: readonly string[],
  names: readonly string[]
): Promise<readonly Reference[]> {
  return Promise.all(names.map((name) => findReference(folders, name)))
}

async function findReference(folders: readonly string[], name: string): Promise<Reference> {
  if (/^https:\/\//i.test(name)) return { media: name, identity: name }
  for (const folder of folders) {
    const path = await findIn(folder, name)
    if (path === undefined) continue
    const { size, mtimeMs } = await stat(path)
    if (size > MAX_BYTES) throw noReference(name, `is larger than ${MAX_BYTES} bytes`)
    return { media: file(path), identity: { path, size, mtimeMs } }
  }
  throw noReference(name, 'is no picture of the folder')
}

/** @returns the real path, if it is a picture in the folder, also where links lead. */
async function findIn(folder: string, name: string): Promise<string | undefined> {
  if (!extensions.has(extname(name).toLowerCase())) return undefined
  try {
    const [root, path] = [await realpath(folder), await realpath(resolve(folder, name))]
    const isInside = path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
    const isPicture = extensions.has(extname(path).toLowerCase())
    return isInside && isPicture && (await stat(path)).isFile() ? path : undefined
  } catch {
    return undefined
  }
}

function noReference(name: string, what: string): BursarError {
  const allowed =
    'https URLs, and png, jpg, webp and gif files of the folder of files or of the --input folder'
  return rejectArgument({ field: `"${name}"`, rule: 'reference', what, allowed })
}
