import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** A disk of a few megabytes, in memory. */
export interface SmallDisk {
  readonly folder: string
  remount(options: string): void
  unmount(): void
}

/** Mounts a small disk. `undefined` where mounting is not permitted. */
export function mountSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true })
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' })
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder)
  } catch {
    return undefined
  }
  return {
    folder,
    remount: (options) => void run('mount', '-o', `remount,${options}`, folder),
    unmount: () => void run('umount', '-l', folder)
  }
}
