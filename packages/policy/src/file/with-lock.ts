import { realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isError } from '@bursar/core'
import { createFile, isFileError, makeFolder, systemReason } from '@bursar/core/files'
import { holderText, ownHolder, removeDead } from './lock-holder.js'
import { reasonOf } from './policy-error.js'

/** Milliseconds for which another process is waited for. A change takes a few. */
const WAIT_MS = 10_000
const POLL_MS = 20

/**
 * Changes a file while no other process does.
 *
 * @param failure what is thrown when another process holds the lock for too long, or nobody can: the folder cannot be written.
 */
export async function withLock<Value>(
  path: string,
  change: () => Promise<Value>,
  failure: LockFailure
): Promise<Value> {
  const lock = await lockFor(path, failure)
  try {
    return await change()
  } finally {
    await rm(lock, { force: true })
  }
}

/** Makes the error of a lock that cannot be had. */
type LockFailure = (reason: string, cause?: unknown) => Error

/** @returns the path of the lock that is held. */
async function lockFor(path: string, failure: LockFailure): Promise<string> {
  const lock = await nameLock(path).catch((cause: unknown) => {
    throw failure(unwrittenReason(cause), cause)
  })
  await acquire(lock, failure)
  return lock
}

async function nameLock(path: string): Promise<string> {
  await makeFolder(dirname(path), 0o700)
  return `${await realName(path)}.lock`
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

async function acquire(lock: string, failure: LockFailure): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS
  while (!(await create(lock, failure))) {
    if (performance.now() > deadlineMs)
      throw failure(
        `another process is changing it, or was killed while it did: remove ${lock} if none is running`
      )
    await sleep(POLL_MS)
  }
}

/** The lock is whole from the beginning: a full disk, or a process that is killed, leaves none that says nothing. */
async function create(lock: string, failure: LockFailure): Promise<boolean> {
  try {
    if (await createHeld(lock)) return true
    await removeDead(lock)
    return false
  } catch (error) {
    throw failure(unwrittenReason(error), error)
  }
}

async function createHeld(lock: string): Promise<boolean> {
  try {
    await createFile(lock, holderText(ownHolder()))
    return true
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return false
    throw error
  }
}

/** Why nothing can be made in a folder, without the name of the lock, which nobody knows. */
function unwrittenReason(error: unknown): string {
  const code = isError(error) && 'code' in error ? String(error.code) : ''
  return `its folder cannot be written: ${code === '' ? reasonOf(error) : systemReason(code)}`
}
