import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds for which another process is waited for. A change takes a few. */
const WAIT_MS = 10_000
const POLL_MS = 20

/**
 * Changes a file while no other process does.
 *
 * @param busy what is thrown when another process holds the lock for too long.
 */
export async function withLock<Value>(
  path: string,
  change: () => Promise<Value>,
  busy: (reason: string) => Error
): Promise<Value> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const lock = `${await realName(path)}.lock`
  await acquire(lock, busy)
  try {
    return await change()
  } finally {
    await rm(lock, { force: true })
  }
}

/** One file has one lock, by whatever link it is named: it is the file that is replaced, and not the link. */
async function realName(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    // The file is not there yet. Its folder is, and may be named by a link too.
    return join(await realpath(dirname(path)), basename(path))
  }
}

async function acquire(lock: string, busy: (reason: string) => Error): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS
  while (!(await create(lock))) {
    if (performance.now() > deadlineMs)
      throw busy(
        `another process is changing it, or was killed while it did: remove ${lock} if none is running`
      )
    await sleep(POLL_MS)
  }
}

async function create(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
