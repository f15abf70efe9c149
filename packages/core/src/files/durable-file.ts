import { randomUUID } from 'node:crypto'
import { link, open, realpath, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isFileError } from './file-error.js'
import { syncFile } from './sync-file.js'

/**
 * Creates a file that is whole and on the disk when this returns: money is sent to an address as soon as it is shown.
 *
 * @throws an `EEXIST` error where there is a file already. It is never overwritten.
 */
export async function createFile(path: string, text: string): Promise<void> {
  const draft = await writeDraft(path, text)
  try {
    // Unlike a rename, a link fails where there is a file.
    await link(draft, path)
  } finally {
    await unlink(draft)
  }
  await syncFolder(dirname(path))
}

/**
 * Replaces a file at once, and returns when the new text is on the disk: a reader sees the old text or the new one. What a link
 * leads to is replaced, and not the link.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const draft = await writeDraft(target, text)
  try {
    await rename(draft, target)
  } catch (error) {
    await unlink(draft)
    throw error
  }
  await syncFolder(dirname(target))
}

/** Removes a file, for good when this returns. One that is not there is no error. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return
    throw error
  }
  await syncFolder(dirname(path))
}

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomUUID()}.new`
  await writeWhole(draft, text)
  return draft
}

/** Writes a new file, for its owner alone, that is on the disk when this returns. What was not written whole is removed. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await syncFile(file)
  } catch (error) {
    await unlink(path)
    throw error
  } finally {
    await file.close()
  }
}

/** Writes the names of a folder's files to the disk. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await syncFile(folder).finally(() => folder.close())
  } catch {
    // Some systems cannot sync a folder, or open one.
  }
}
