import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder of a stack, in which each of its wallets has a folder for a ledger. */
export interface StackHome {
  /** Makes a folder for a ledger. */
  newFolder(): Promise<string>
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
  return {
    async newFolder() {
      const folder = join(path, String(++folders))
      await mkdir(folder)
      return folder
    },
    remove: () => rm(path, { recursive: true, force: true })
  }
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
