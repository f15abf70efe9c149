import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './measure.js'
import type { BenchRow } from './row.js'

/** What a tester may wait for, in milliseconds: the first stack of a process with its imports, another, a wallet, a reset. */
const bounds = [
  ['first', 1_500],
  ['further', 100],
  ['wallet', 20],
  ['reset', 100]
] as const

type Times = Record<(typeof bounds)[number][0], number>

const program = `const started = performance.now()
const { startStack } = await import('@bursar/gateway')
const stack = await startStack()
const first = performance.now() - started
const time = async (action) => {
  const from = performance.now()
  const result = await action()
  return [performance.now() - from, result]
}
const [further, second] = await time(startStack)
const [wallet] = await time(() => stack.newWallet())
const [reset] = await time(stack.reset)
await Promise.all([stack.stop(), second.stop()])
console.log(JSON.stringify({ first, further, wallet, reset }))`

/** How long a test waits for a stack with both chains, each in a fresh process. The peer is what it may take at most. */
export function benchStack(quick: boolean): BenchRow[] {
  const rounds = Array.from({ length: quick ? 3 : 9 }, measure)
  return bounds.map(([name, theirs]) => {
    const ours = median(rounds.map((round) => round[name]))
    return { bench: `stack/${name}`, unit: 'ms', peer: 'bound', ours, theirs, ratio: ours / theirs }
  })
}

function measure(): Times {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const argv = ['--input-type=module', '-e', program]
  return JSON.parse(execFileSync(process.execPath, argv, { cwd, encoding: 'utf8' }))
}
