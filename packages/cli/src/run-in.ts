import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does something that ends well when the program is interrupted, and leaves nothing behind. */
export async function untilInterrupted<Value>(
  run: (interrupted: AbortSignal) => Promise<Value>
): Promise<Value> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  for (const signal of signals) process.on(signal, interrupt)
  try {
    return await run(controller.signal)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

/** Runs a command in this terminal. @returns what it ends with. @throws {TypeError} when it cannot be run. */
export async function runIn(
  env: Readonly<Record<string, string | undefined>>,
  [program = '', ...args]: readonly string[],
  interrupted: AbortSignal
): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env: env as NodeJS.ProcessEnv })
  const end = (): void => void child.kill('SIGTERM')
  interrupted.addEventListener('abort', end)
  if (interrupted.aborted) end()
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    return code ?? 128 + (signal ? constants.signals[signal] : 0)
  } catch (cause) {
    throw new TypeError(`${program} cannot be run`, { cause })
  } finally {
    interrupted.removeEventListener('abort', end)
  }
}

/** Lines to paste into a shell. */
export function exportsOf(env: object): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('')
}

type Env = Readonly<Record<string, string | undefined>>

/** What a command is not to see: keys, and where keys are. */
const secrets =
  /^(?:EVM_PRIVATE_KEY|SVM_PRIVATE_KEY|BURSAR_.*|(?:KATANA|OPENCLAW|TOKENHOT|TOKENHUB)_API_KEY)$/

/** The environment for a command that is not to pay by itself. */
export function withoutSecrets(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.test(name)))
}
