import { mkdirSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isFileError } from './file-error.js'

/**
 * Makes a folder and those above it. Node's own `recursive: true` never ends where a folder is there in which none can be made,
 * such as `/proc`.
 *
 * @param mode of each folder that is made. Default: as the system makes them.
 * @throws an error of the file system, at once.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if (isFolder(path)) return
    if (!isFileError(error, 'ENOENT')) throw error
    if (!isFolder(dirname(path))) await makeFolder(dirname(path), mode)
    await mkdir(path, { mode }).catch((again: unknown) => throwUnlessFolder(path, again))
  }
}

/** As {@link makeFolder}, at once. */
export function makeFolderSync(path: string, mode?: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (isFolder(path)) return
    if (!isFileError(error, 'ENOENT')) throw error
    if (!isFolder(dirname(path))) makeFolderSync(dirname(path), mode)
    makeOnce(path, mode)
  }
}

function makeOnce(path: string, mode: number | undefined): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    throwUnlessFolder(path, error)
  }
}

/** Another process may have made it meanwhile. */
function throwUnlessFolder(path: string, error: unknown): void {
  if (!isFolder(path)) throw error
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
