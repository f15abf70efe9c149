import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder of a stack, in which each of its wallets has a folder for a ledger. */
export interface StackHome {
  /** Makes a folder for a ledger. */
  newFolder(): Promise<string>
  /** Remembers what is in the folders. @returns a function that restores it. It can be called again. */
  snapshot(): Promise<() => Promise<void>>
  /** Deletes everything. */
  remove(): Promise<void>
}

/** Contains the machine and the process, so that the folder of a killed process can be recognized. */
const prefix = `bursar-stack-${hostname().replace(/\W/g, '_')}-`

/** Creates the folder, and deletes those of processes that were killed. */
export async function createStackHome(): Promise<StackHome> {
  const path = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  await removeLeftovers()
  let folders = 0
  let snapshots = 0
  const ledgers = join(path, 'ledgers')
  await mkdir(ledgers)
  return {
    async newFolder() {
      const folder = join(ledgers, String(++folders))
      await mkdir(folder)
      return folder
    },
    async snapshot() {
      const copy = join(path, `snapshot-${++snapshots}`)
      await cp(ledgers, copy, { recursive: true })
      return () => restoreFolder(ledgers, copy)
    },
    remove: () => rm(path, { recursive: true, force: true })
  }
}

/** The folders of wallets that were made since stay, and are empty then. */
async function restoreFolder(folder: string, copy: string): Promise<void> {
  const names = await readdir(folder)
  for (const name of names) {
    await rm(join(folder, name), { recursive: true, force: true })
    await mkdir(join(folder, name))
  }
  await cp(copy, folder, { recursive: true })
}

async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir())
  const leftovers = names.filter((name) => name.startsWith(prefix) && !isRunning(pidOf(name)))
  await Promise.all(leftovers.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })))
}

function pidOf(name: string): number {
  return Number(name.slice(prefix.length).split('-')[0])
}

/** Whether a process exists. Signal 0 is not delivered; it only asks. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of another user exists and cannot be signalled (EPERM).
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
