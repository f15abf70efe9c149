import { fsync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Has an open file on the disk when this returns. Not by the handle's own `sync`: under Yarn's Plug'n'Play that throws
 * "Method not implemented", so that what was paid for could not be saved.
 */
export function syncFile({ fd }: Pick<FileHandle, 'fd'>): Promise<void> {
  return promisify(fsync)(fd)
}
