import { link } from 'node:fs/promises'
import { dirname } from 'node:path'
import { removeFile, replaceFile, syncFolder } from '@bursar/core/files'
import { encryptKeyFile, openByEither } from './key-file.js'
import type { KeyPlace } from './key-folder.js'

/** A file, and the path that it gets. */
interface Move {
  readonly from: string
  readonly to: string
}

/**
 * Gives files other names. Until all have the new one, the old ones stay: a process that ends in between leaves the keys under
 * both names, and none is lost.
 *
 * @param whenNamed called when every file has its new name as well.
 */
export async function moveFiles(moves: readonly Move[], whenNamed: () => Promise<void>): Promise<void> {
  const made: string[] = []
  try {
    for (const { from, to } of moves) {
      await link(from, to)
      made.push(to)
    }
  } catch (error) {
    for (const path of made) await removeFile(path)
    throw error
  }
  const [first] = moves
  if (first) await syncFolder(dirname(first.to))
  await whenNamed()
  for (const { from } of moves) await removeFile(from)
}

/** Removes files, one after another. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) await removeFile(path)
}

/** Encrypts key files anew. All are opened and encrypted before the first is written. */
export async function replaceFiles(
  places: readonly KeyPlace[],
  passphrases: { readonly before: string; readonly after: string },
  cost: number | undefined
): Promise<void> {
  const opened = await Promise.all(
    places.map(async (place) => ({ place, ...(await openByEither(place, passphrases)) }))
  )
  const files = await Promise.all(
    opened
      .filter(({ isDone }) => !isDone)
      .map(async ({ place, key }) => ({
        path: place.path,
        text: await encryptKeyFile(key, passphrases.after, cost)
      }))
  )
  for (const { path, text } of files) await replaceFile(path, text)
}
