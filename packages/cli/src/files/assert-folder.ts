import { access, constants } from 'node:fs/promises'
import { makeFolder } from '@bursar/core/files'
import { UsageError } from '../usage-error.js'

/** Makes a folder that is to be written to. @throws {UsageError} before anything is paid. */
export async function assertFolder(path: string): Promise<void> {
  try {
    await makeFolder(path)
    await access(path, constants.W_OK)
  } catch (cause) {
    throw new UsageError(`Nothing can be saved in ${path}. Nothing was paid`, { cause })
  }
}
