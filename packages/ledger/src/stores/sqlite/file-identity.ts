import { type Stats, statSync } from 'node:fs'
import { unavailableError } from '../../errors.js'

const LATELY_MS = 100

/**
 * Checks that the open file is still the one at its path, with its log and the log's index, by which its users lock each other
 * out. If one was removed or replaced, or the file has a second name, no other process would see what this one writes.
 */
export class FileIdentity {
  readonly #paths: readonly string[]
  readonly #ids: readonly (string | undefined)[]
  #checkedAtMs = Number.NEGATIVE_INFINITY

  /** @param path of the file, which is open, and whose log and index are beside it. */
  constructor(path: string) {
    this.#paths = [path, `${path}-wal`, `${path}-shm`]
    this.#ids = this.#paths.map(fileId)
  }

  /** For what writes nothing: what was checked a moment ago is not checked again. */
  assertSameLately(): void {
    if (performance.now() - this.#checkedAtMs > LATELY_MS) this.assertSame()
  }

  /** @throws {BursarError} `ledger/unavailable` */
  assertSame(): void {
    for (const [index, path] of this.#paths.entries()) {
      const stat = statOf(path)
      if (idOf(stat) !== this.#ids[index])
        throw unavailableError('its file was removed or replaced while it was open')
      // The log is beside each name.
      if (stat && stat.nlink > 1)
        throw unavailableError('its file has a second name, by a hard link; remove one')
    }
    this.#checkedAtMs = performance.now()
  }
}

/** Device and number of the file that a path names. */
export function fileId(path: string): string | undefined {
  return idOf(statOf(path))
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}

function idOf(stat: Stats | undefined): string | undefined {
  return stat && `${stat.dev}:${stat.ino}`
}
