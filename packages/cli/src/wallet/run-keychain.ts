import { text } from 'node:stream/consumers'
import type { Env } from '../io.js'
import { withoutSecrets } from '../process/environment.js'
import { UsageError } from '../usage-error.js'

/** A call of the system's keychain program. */
export interface KeychainCall {
  readonly program: string
  readonly args: readonly string[]
  /** What it reads from standard input. */
  readonly input?: string
}

/** Runs the keychain's program. @returns what it wrote. @throws {UsageError} */
export async function runKeychain({ program, args, input = '' }: KeychainCall, env: Env): Promise<string> {
  // Loaded here, since few commands start a program: that takes 2 ms.
  const { spawn } = await import('node:child_process')
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], env: withoutSecrets(env) })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new UsageError(`There is no ${program} on this machine to keep the passphrase`, { cause }))
    )
    child.once('close', resolve)
  })
  // A program that is not there closes its input before it is written.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [code, output] = await Promise.all([ended, text(child.stdout)])
  if (code === 0) return output
  throw new UsageError(`The keychain did not answer: ${program} ended with ${code}`)
}
