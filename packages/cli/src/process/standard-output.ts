import { fstatSync, readSync, statSync, writeFileSync } from 'node:fs'
import { devNull } from 'node:os'
import type { Io } from '../io.js'

/** File descriptor of standard output. */
const STDOUT = 1

/** The standard output of a process. */
export interface StandardOutput extends Pick<Io, 'out' | 'write' | 'isOutClosed'> {
  /** Waits until all is written. @returns why something could not be, if nobody was told of it yet. */
  flush(): Promise<Error | undefined>
}

/**
 * Opens the standard output. A file is written here: the stream of Node does not notice when a disk has room for a part
 * of what is written.
 */
export function standardOutput(stream: NodeJS.WriteStream): StandardOutput {
  let unheard: Error | undefined
  const isFile = fstatSync(STDOUT).isFile()
  const write = (bytes: string | Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      if (!isFile) return void stream.write(bytes, (error) => (error ? reject(error) : resolve()))
      writeFileSync(STDOUT, bytes)
      resolve()
    })
  const note = (error: Error): void => {
    // The program that reads the output may end before it has read all of it, as head does.
    if (!('code' in error) || error.code !== 'EPIPE') unheard ??= error
  }
  // Each write is told by its own callback.
  stream.on('error', () => {})
  let last = Promise.resolve()
  return {
    isOutClosed: isClosed(),
    write,
    out: (text) => {
      last = Promise.all([last, write(text)]).then(() => {}, note)
    },
    async flush() {
      await last
      return unheard
    }
  }
}

/**
 * Whether standard output was closed: Node then opens the null device in its place, for reading as well. A shell that
 * redirects to the null device opens it for writing alone.
 */
function isClosed(): boolean {
  try {
    if (fstatSync(STDOUT).rdev !== statSync(devNull).rdev) return false
    return readSync(STDOUT, new Uint8Array(1)) === 0
  } catch {
    return false
  }
}
