import { closeSync, openSync, readFileSync } from 'node:fs'
import { devNull } from 'node:os'
import { UsageError } from '../usage-error.js'

const STDIN = 0

/**
 * Reads the first line of a file descriptor, and closes it. A program that the command starts could read it again
 * through `/proc` while it is open.
 *
 * @param text the number, as it was typed.
 * @throws {UsageError}
 */
export function readDescriptor(text: string): string {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError('A file descriptor is a number, such as 3 with 3<file')
  const descriptor = Number(text)
  try {
    return readFileSync(descriptor, 'utf8').split(/\r?\n/)[0] ?? ''
  } catch (cause) {
    throw new UsageError(`File descriptor ${text} cannot be read: give it with ${text}<file`, { cause })
  } finally {
    close(descriptor)
  }
}

function close(descriptor: number): void {
  try {
    closeSync(descriptor)
    // Standard input stays a descriptor that programs can inherit. The lowest free number is taken.
    if (descriptor === STDIN) openSync(devNull, 'r')
  } catch {
    // It was not open.
  }
}
