import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm } from 'node:fs/promises'
import { hostName, isPidFree, isProvenGone, ownIdentity, type ProcessIdentity } from '@bursar/core/files'

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
 */
export async function removeDead(lock: string): Promise<void> {
  const text = await readText(lock)
  const holder = text === undefined ? undefined : holderIn(text)
  if (text === undefined || !holder || !hasEnded(holder)) return
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
    // Another process may have removed it first, and hold the lock by now: that one is put back.
    if ((await readText(aside)) !== text) await link(aside, lock)
  } catch {
    // It is gone already.
  } finally {
    await rm(aside, { force: true })
  }
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
