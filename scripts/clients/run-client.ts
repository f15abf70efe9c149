import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ClientCommand } from '../../test/clients/programs/program.js'

/** Longer than any verb of the command takes. */
const PATIENCE_MS = 180_000

/** Where a client runs, and when it is ended. */
export interface ClientRun {
  /** Default: this one. */
  readonly folder?: string
  /** Default: three minutes. */
  readonly patienceMs?: number
}

/** What a client came to. */
export interface ClientEnd {
  /** Undefined when it did not end by itself. */
  readonly code: number | undefined
  readonly out: string
  readonly err: string
}

/** Runs a client with nothing in its environment but what it is given. */
export async function runClient(
  { program, args, env, files = {} }: ClientCommand,
  { folder = process.cwd(), patienceMs = PATIENCE_MS }: ClientRun = {}
): Promise<ClientEnd> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, TERM: 'dumb', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  // The group: a client has children of its own.
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), patienceMs)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  return { code: code ?? undefined, out, err }
}
