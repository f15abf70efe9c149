import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The command as users run it. */
export const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url))

/** What a command came to. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the command with nothing in its environment but this. */
export function startCommand(env: object, ...argv: string[]) {
  const child = spawn(process.execPath, [bin, ...argv], { env: { PATH: process.env.PATH, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  return { child, ended, out: () => out, err: () => err }
}
