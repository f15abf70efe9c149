import { dataPath } from '../files/data-folder.js'
import { readSmallFile } from '../files/read-small-file.js'
import { replaceFile, withLock } from '../files/with-lock.js'
import type { Env } from '../io.js'
import { parseLimits, type StoredLimits } from './stored-limits.js'

/** The file that holds the limits of every command. */
export function limitsPath(env: Env): string {
  return dataPath(env, 'limits.json')
}

/** The limits that are set; none when there is no file. @throws {UsageError} when the file cannot be read. */
export function readLimits(env: Env): StoredLimits {
  const path = limitsPath(env)
  const text = readSmallFile(path)
  return text === undefined ? {} : parseLimits(text, path)
}

/**
 * Changes the limits. What other commands change at the same moment is kept.
 *
 * @returns the limits as they are now.
 * @throws {UsageError}
 */
export function changeLimits(
  env: Env,
  change: (limits: StoredLimits) => StoredLimits
): Promise<StoredLimits> {
  const path = limitsPath(env)
  return withLock(path, async () => {
    const limits = change(readLimits(env))
    await replaceFile(path, `${JSON.stringify(limits, undefined, 2)}\n`)
    return limits
  })
}
