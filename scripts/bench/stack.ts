import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startAnvil } from '../../packages/localchain/src/base/anvil-process.js'
import { median } from './measure.js'
import type { BenchRow } from './row.js'

/** What a tester may wait for, in milliseconds: the first stack of a process with its imports, another, a wallet, a reset. */
const bounds = [
  ['first', 1_500],
  ['further', 100],
  ['wallet', 20],
  ['reset', 100]
] as const

/** What is compared with anvil alone, from the start of its process to its first line: a stack on Base. */
const besideAnvil = ['first/base', 'further/base'] as const

type Times = Record<(typeof bounds)[number][0] | (typeof besideAnvil)[number], number>

const timing = `const started = performance.now()
const time = async (action, from = performance.now()) => {
  const result = await action()
  return [performance.now() - from, result]
}
const { startStack } = await import('@bursar/gateway')`

const onBoth = `${timing}
const [first, stack] = await time(startStack, started)
const [further, second] = await time(startStack)
const [wallet] = await time(() => stack.newWallet())
const [reset] = await time(stack.reset)
await Promise.all([stack.stop(), second.stop()])
console.log(JSON.stringify({ first, further, wallet, reset }))`

const onBase = `${timing}
const start = () => startStack({ solana: false })
const [first, stack] = await time(start, started)
const [further, second] = await time(start)
await Promise.all([stack.stop(), second.stop()])
console.log(JSON.stringify({ 'first/base': first, 'further/base': further }))`

/** How long a test waits for a stack, each in a fresh process, beside what it may take at most, and beside anvil alone. */
export async function benchStack(quick: boolean): Promise<BenchRow[]> {
  const rounds: Times[] = []
  const anvils: number[] = []
  for (let round = 0; round < (quick ? 3 : 9); round++) {
    rounds.push({ ...run(onBoth), ...run(onBase) })
    anvils.push(await timeAnvil())
  }
  const medianOf = (name: keyof Times): number => median(rounds.map((round) => round[name]))
  const row = (name: keyof Times, peer: string, theirs: number): BenchRow => {
    const ours = medianOf(name)
    return { bench: `stack/${name}`, unit: 'ms', peer, ours, theirs, ratio: ours / theirs }
  }
  const anvil = median(anvils)
  return [
    ...bounds.map(([name, bound]) => row(name, 'bound', bound)),
    ...besideAnvil.map((name) => row(name, 'bare anvil', anvil))
  ]
}

async function timeAnvil(): Promise<number> {
  const started = performance.now()
  const { stop } = await startAnvil(['--port', '0'])
  const took = performance.now() - started
  await stop()
  return took
}

function run(program: string): Times {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd, encoding: 'utf8' })
  )
}
