import { statSync } from 'node:fs'
import { unavailableError } from '../../errors.js'

const LATELY_MS = 100

/**
 * Checks that the open file is still the one at its path. If it was removed or replaced, no other process would see
 * what this one writes.
 */
export class FileIdentity {
  readonly #paths: readonly string[]
  readonly #ids: readonly (string | undefined)[]
  #checkedAtMs = Number.NEGATIVE_INFINITY

  /** @param path of the file, which is open, and whose log is beside it. */
  constructor(path: string) {
    this.#paths = [path, `${path}-wal`]
    this.#ids = this.#paths.map(fileId)
  }

  /** For what writes nothing: what was checked a moment ago is not checked again. */
  assertSameLately(): void {
    if (performance.now() - this.#checkedAtMs > LATELY_MS) this.assertSame()
  }

  /** @throws {BursarError} `ledger/unavailable` */
  assertSame(): void {
    for (const [index, path] of this.#paths.entries()) {
      if (fileId(path) === this.#ids[index]) continue
      throw unavailableError('its file was removed or replaced while it was open')
    }
    this.#checkedAtMs = performance.now()
  }
}

/** Device and number of the file that a path names. */
export function fileId(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.dev}:${stat.ino}`
}
