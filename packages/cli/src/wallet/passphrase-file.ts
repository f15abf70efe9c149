import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { platform } from 'node:os'
import { UsageError } from '../usage-error.js'

/** Bytes of a passphrase file that are read. */
const MAX_BYTES = 4096
/** The bits of a mode that let everybody in, and those that let anybody but the owner in. */
const [EVERYBODY, OTHERS] = [0o007, 0o077]

/**
 * Reads the first line of a file that nobody else can read, or that root has given to a group.
 *
 * @throws {UsageError} that names the file and never shows what is in it.
 */
export function readPassphraseFile(path: string): string {
  const file = openFile(path)
  try {
    const { mode, size, uid } = fstatSync(file)
    // systemd and Kubernetes hand a secret of root's to a group that is the service's alone.
    const closed = uid === process.getuid?.() ? OTHERS : EVERYBODY
    // Windows has no such bits.
    if (platform() !== 'win32' && (mode & closed) !== 0)
      throw new UsageError(
        `The passphrase file ${path} can be read by others (mode ${(mode & 0o777).toString(8)}): chmod 600 ${path}`
      )
    if (size > MAX_BYTES) throw new UsageError(`The passphrase file ${path} has more than ${MAX_BYTES} bytes`)
    const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/)
    if (line === '') throw new UsageError(`The passphrase file ${path} begins with an empty line`)
    return line
  } finally {
    closeSync(file)
  }
}

/** Opens a regular file: to wait at a pipe that nobody writes to would be for ever. */
function openFile(path: string): number {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    if (fstatSync(file).isFile()) return file
    closeSync(file)
  } catch (cause) {
    throw new UsageError(`The passphrase file ${path} cannot be read`, { cause })
  }
  throw new UsageError(`The passphrase file ${path} is no regular file`)
}
