import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import {
  createFile,
  hostName,
  isFileError,
  isPidFree,
  isProvenGone,
  ownIdentity,
  type ProcessIdentity
} from '@bursar/core/files'

/** The process that holds a lock. Its machine is the name alone where the system has no more to say. */
export function ownHolder(): ProcessIdentity {
  const { pid, started, machine } = ownIdentity()
  return { pid, started, machine: machine || (hostName() ?? 'unnamed') }
}

/** What a lock says of the process that holds it. */
export function holderText({ pid, started, machine }: ProcessIdentity): string {
  return `${pid} ${started || '-'} ${machine}\n`
}

/**
 * Removes the lock of a process that was killed. Of one of another machine, or container, nobody here knows whether it still
 * runs: its lock stays.
 *
 * Several processes may see the same dead lock, and one of them may have removed it and hold a lock of its own by the time that
 * another comes to it. So who removes holds a lock for that, whose name says which dead lock it is for, and looks again once it
 * has it: until it lets go of it nobody else removes that lock, and what it finds there stays there.
 *
 * @param files how they are reached. Default: the disk.
 */
export async function removeDead(lock: string, files: LockFiles = disk): Promise<void> {
  const text = await files.read(lock)
  if (!isDead(text)) return
  const removal = `${lock}.${nameOf(text)}`
  try {
    await files.create(removal, holderText(ownHolder()))
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error
    // Another process is at it, or was killed while it was.
    return removeDead(removal, files)
  }
  try {
    const now = await files.read(lock)
    if (now === text && isDead(now)) await files.remove(lock)
  } finally {
    await files.remove(removal)
  }
}

/** What is done to the files of locks. */
export interface LockFiles {
  /** The text of a file; nothing when there is none. */
  read(path: string): Promise<string | undefined>
  /** @throws an `EEXIST` error where there is a file already. */
  create(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
}

/** The files as they are on the disk. */
export const disk: LockFiles = {
  read: readText,
  create: createFile,
  remove: (path) => rm(path, { force: true })
}

function isDead(text: string | undefined): text is string {
  const holder = text === undefined ? undefined : holderIn(text)
  return holder !== undefined && hasEnded(holder)
}

/** Which dead lock is removed, in a name that any file system takes. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function holderIn(text: string): ProcessIdentity | undefined {
  const [, pid, started, machine] = /^(\d+) (\S+) (.+)\n$/.exec(text) ?? []
  if (started === undefined || machine === undefined) return undefined
  return { pid: Number(pid), started: started === '-' ? '' : started, machine }
}

/** Containers of one name each have their own numbers of processes: what is free in ours may run in another. */
function hasEnded(holder: ProcessIdentity): boolean {
  const own = ownHolder()
  const [[host, boot], [ownHost, ownBoot]] = [holder.machine.split(' '), own.machine.split(' ')]
  if (host !== ownHost) return false
  // No process outlives the start of its machine.
  if (boot !== undefined && ownBoot !== undefined && boot !== ownBoot) return true
  if (holder.machine !== own.machine) return false
  return ownBoot === undefined ? isPidFree(holder.pid) : isProvenGone(holder)
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}
