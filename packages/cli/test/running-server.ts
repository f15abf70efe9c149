import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Running } from './terminal.js'

/** Ends the commands of this process as Ctrl-C does. */
export function interrupt(): void {
  process.emit('SIGINT')
}

/** Waits for what a command writes. */
export async function until(running: Running, wanted: RegExp): Promise<string> {
  await expect.poll(() => running.out() + running.err(), { interval: 10 }).toMatch(wanted)
  return running.out()
}

/** Writes a program into a folder. @returns its path. */
export function scriptIn(home: string, text: string): string {
  const path = join(home, 'program.mjs')
  writeFileSync(path, text)
  return path
}
