import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that serves on this machine. */
export interface Served extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
}

/** How a program that serves is started. */
export interface ServeOptions {
  readonly cwd: string
  /** Default: the Node that runs this. */
  readonly node?: string
  /** Environment variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a program of Node that prints where it serves, and waits until it has. */
export async function serve(
  args: readonly string[],
  { cwd, node = process.execPath, env = {} }: ServeOptions
): Promise<Served> {
  const child = spawn(node, args, {
    cwd,
    // In colour, which some print where CI is set, an address is not one piece.
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const url = await urlOf(child)
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
  }
}

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of stdout ? createInterface(stdout) : []) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url) return url
  }
  throw new TypeError('The program ended before it served')
}
