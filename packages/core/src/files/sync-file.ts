import { fsync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isFileError } from './file-error.js'

/**
 * Has an open file on the disk when this returns. Not by the handle's own `sync`: under Yarn's Plug'n'Play that throws
 * "Method not implemented", so that what was paid for could not be saved. Under Node's permission model no program may sync a
 * file: there, it is written, and on the disk when the system has it there.
 */
export async function syncFile({ fd }: Pick<FileHandle, 'fd'>): Promise<void> {
  try {
    await promisify(fsync)(fd)
  } catch (error) {
    if (!isFileError(error, 'ERR_ACCESS_DENIED')) throw error
  }
}
