import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts the benchmark's server in a process of its own, which ends with this one. */
export async function startServer(): Promise<{ origin: string; stop(): void }> {
  const script = fileURLToPath(new URL('server.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { origin: `http://127.0.0.1:${line.toString().trim()}`, stop: () => child.stdin.end() }
}
