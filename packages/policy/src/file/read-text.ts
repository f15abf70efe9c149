import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import { isError } from '@bursar/core'
import { isThere } from './locate-policy.js'
import { policyError, reasonOf } from './policy-error.js'

const MAX_BYTES = 1024 * 1024
/** The bits of a mode by which others than the owner may write. */
const OTHERS_MAY_WRITE = 0o022

/**
 * Reads the text of a policy that has to be there.
 *
 * @throws {BursarError} `policy/unreadable` also when others may change it.
 */
export function readText(path: string): string {
  try {
    return readRegular(path)
  } catch (cause) {
    throw policyError(path, isAbsent(cause) ? absenceText(path) : reasonOf(cause), cause)
  }
}

function isAbsent(error: unknown): boolean {
  return isError(error) && 'code' in error && error.code === 'ENOENT'
}

function absenceText(path: string): string {
  return isThere(path) ? 'it is a link to a file that does not exist' : 'there is no such file'
}

function readRegular(path: string): string {
  // Opening a FIFO would wait for a writer without the flag.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    assertOwn(fstatSync(descriptor))
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(descriptor))
  } finally {
    closeSync(descriptor)
  }
}

function assertOwn(stats: Stats): void {
  if (!stats.isFile()) throw new TypeError('it is not a regular file')
  if (stats.size > MAX_BYTES) throw new TypeError(`it is larger than ${MAX_BYTES} bytes`)
  if (process.platform === 'win32' || (stats.mode & OTHERS_MAY_WRITE) === 0) return
  throw new TypeError('others than its owner may change it: chmod go-w takes that from them')
}
