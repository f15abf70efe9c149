import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { UsageError } from '../usage-error.js'

const MAX_BYTES = 64 * 1024

/**
 * Reads a text file of the command's own.
 *
 * @returns nothing when there is no such file. A file that cannot be read is an error, and so is a link to nothing: it
 * may hold a limit.
 * @throws {UsageError}
 */
export function readSmallFile(path: string): string | undefined {
  if (!isThere(path)) return undefined
  try {
    return readRegular(path)
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/** Looks at the name itself, not at what a link leads to. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function readRegular(path: string): string {
  // Opening a FIFO would wait for a writer without the flag.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw unreadable(path, 'it is not a regular file')
    if (stats.size > MAX_BYTES) throw unreadable(path, `it is larger than ${MAX_BYTES} bytes`)
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

function unreadable(path: string, reason: string, cause?: unknown): UsageError {
  if (cause instanceof UsageError) return cause
  return new UsageError(`${path} cannot be read: ${reason}`, { cause })
}
