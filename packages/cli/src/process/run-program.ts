import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** A program, and what it is run with. */
export interface ProgramCall {
  /** The program and its arguments. */
  readonly command: readonly string[]
  readonly env: Env
  /** Ends the program. */
  readonly interrupted: AbortSignal
}

/** Runs a program in this terminal. @returns its exit code. @throws {UsageError} when it cannot be run. */
export async function runProgram({ command, env, interrupted }: ProgramCall): Promise<number> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: 'inherit', env: { ...env } })
  const end = (): void => void child.kill('SIGTERM')
  interrupted.addEventListener('abort', end)
  if (interrupted.aborted) end()
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new UsageError(`The program ${program} cannot be run`, { cause }))
      )
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
  } finally {
    interrupted.removeEventListener('abort', end)
  }
}
