import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../usage-error.js'

/** Milliseconds for which another command is waited for. A change takes a few. */
const WAIT_MS = 10_000
const POLL_MS = 20

/**
 * Changes a file while no other command does.
 *
 * @throws {UsageError} when another command holds the lock for too long.
 */
export async function withLock<Value>(path: string, change: () => Promise<Value>): Promise<Value> {
  const lock = `${path}.lock`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await acquire(lock)
  try {
    return await change()
  } finally {
    await rm(lock, { force: true })
  }
}

/** Replaces a file at once: a reader sees the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true })
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

async function acquire(lock: string): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS
  while (!(await create(lock))) {
    if (performance.now() > deadlineMs)
      throw new UsageError(
        `Another command is changing this file, or was killed while it did: remove ${lock} if none is running. Nothing was changed`
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
