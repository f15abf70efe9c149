import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'

const home = fileURLToPath(new URL('..', import.meta.url))

/** What every child begins with: a way to make purchases, and to say something. */
const prelude = `
  const offer = { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 7n, cost: 7n }
  const budgets = [{ name: 'total', limit: 1000n }]
  const reservation = (id, guards = { budgets }) => ({ kind: 'payment', id, fingerprint: id, method: 'GET',
    origin: 'https://a.example', path: '/', payer: '0xc', offer, guards, labels: {} })
  const payment = { network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd',
    expiresAtSeconds: 4000000000, expiry: 4000000000n, payload: {} }
  const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }
  const say = (text) => process.stdout.write(text + '\\n')
  const goAhead = () => new Promise((go) => process.stdin.once('data', () => go()))
  const stay = () => setInterval(() => {}, 1000)
  const [, place, name] = process.argv`

/** A program in a process of its own. */
export interface Child {
  readonly child: ReturnType<typeof spawn>
  /** Its exit code, and the signal that ended it. */
  readonly gone: Promise<unknown[]>
  /** The lines that it has said. */
  said(): string[]
  /** Lets it go on from where it waits. */
  go(): void
  /** Waits until it has said so many lines. */
  says(lines: number): Promise<void>
  /** Ends it as an operator or the kernel does, at whatever it is. */
  kill(): Promise<void>
}

/**
 * Starts a program on the built packages.
 *
 * @param place the file or the database, which it has as `place`. @param name its own, which it has as `name`.
 */
export function startChild(program: string, place: string, name = 'child'): Child {
  const args = ['--input-type=module', '-e', `${prelude}\n${program}`, place, name]
  const child = spawn(process.execPath, args, { cwd: home, stdio: ['pipe', 'pipe', 'inherit'] })
  // Nothing that a test has started outlives it.
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  // Not its exit, at which some of what it has said may still be on the way.
  const gone = once(child, 'close')
  const lines = (): string[] => said.split('\n').filter((line) => line !== '')
  return {
    child,
    gone,
    said: lines,
    go: () => void child.stdin?.write('go\n'),
    async says(count) {
      await expect.poll(() => lines().length, { interval: 5 }).toBeGreaterThanOrEqual(count)
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    }
  }
}
