import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A program that listens on loopback. */
export interface Child {
  readonly url: string
  stop(): void
}

/**
 * Starts a program of this folder in a process of its own.
 *
 * @param config what the program finds as `config`.
 */
export function startChild(name: string, config: object): Promise<Child> {
  const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url))
  const env = { PATH: process.env.PATH, BURSAR_TEST_SELLER: JSON.stringify(config) }
  const child = spawn(process.execPath, [script], { env, stdio: 'pipe' })
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk
      const port = /^listening on (\d+)$/m.exec(said)?.[1]
      if (port) resolve({ url: `http://127.0.0.1:${port}`, stop: () => void child.kill('SIGKILL') })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', () => reject(new Error(`${name} ended before it listened: ${said}`)))
  })
}
