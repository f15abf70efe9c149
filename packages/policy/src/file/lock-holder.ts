import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'

/** What a lock says of the process that holds it. */
export function holderText(pid: number): string {
  return `${pid} ${hostname()}\n`
}

/**
 * Removes the lock of a process that was killed. Of one of another machine, or container, nobody here knows whether it still
 * runs: its lock stays.
 */
export async function removeDead(lock: string): Promise<void> {
  const text = await readText(lock)
  const pid = Number.parseInt(text ?? '', 10)
  if (text === undefined || text !== holderText(pid) || isAlive(pid)) return
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

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

/** A process of another user is alive, though it takes no signal of ours. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
