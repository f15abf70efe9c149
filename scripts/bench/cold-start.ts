import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './measure.js'
import type { BenchRow } from './row.js'

const KEY = `'0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'`
const programs = {
  ours: `const { createBursar } = await import('bursar')
    createBursar({ evm: ${KEY}, limits: { payment: '0.05' }, ledger: 'memory' })`,
  theirs: `const { wrapFetchWithPaymentFromConfig } = await import('@x402/fetch')
    const { ExactEvmScheme } = await import('@x402/evm')
    const { privateKeyToAccount } = await import('viem/accounts')
    wrapFetchWithPaymentFromConfig(fetch, {
      schemes: [{ network: 'eip155:8453', client: new ExactEvmScheme(privateKeyToAccount(${KEY})) }] })`
}

/** Milliseconds from the first import to a client that is ready, each in a fresh process, in turns. */
export function benchColdStart(quick: boolean): BenchRow[] {
  const times: Record<keyof typeof programs, number[]> = { ours: [], theirs: [] }
  for (let round = 0; round < (quick ? 3 : 15); round++) {
    for (const who of ['ours', 'theirs'] as const) times[who].push(coldStart(programs[who]))
  }
  const [ours, theirs] = [median(times.ours), median(times.theirs)]
  return [{ bench: 'import+setup', unit: 'ms', peer: '@x402/fetch', ours, theirs, ratio: ours / theirs }]
}

function coldStart(program: string): number {
  const source = `const t = performance.now(); ${program}; console.log(performance.now() - t)`
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', source], { cwd, encoding: 'utf8' })
  )
}

/** Rejects at once. */
const NOBODY = 'http://127.0.0.1:9'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

/**
 * Milliseconds of a whole command, beside a Node that does nothing and beside the import of the official client: what
 * a command does not use, it does not load.
 */
export function benchCommands(quick: boolean): BenchRow[] {
  const home = mkdtempSync(join(tmpdir(), 'bursar-bench-'))
  const env = {
    ...process.env,
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: KEY.slice(1, -1),
    BURSAR_RPC_BASE: NOBODY
  }
  const peer = ['--input-type=module', '-e', programs.theirs]
  const commands = {
    '--version': [bin, '--version'],
    'history --json': [bin, 'history', '--json'],
    // What it loads, and a chain that does not answer.
    'balance --json': [bin, 'balance', '--json']
  }
  try {
    return Object.entries(commands).map(([name, argv]): BenchRow => {
      const times: number[][] = [[], [], []]
      for (let round = 0; round < (quick ? 3 : 15); round++)
        for (const [index, each] of [argv, peer, ['-e', '0']].entries())
          times[index]?.push(wholeTime(each, env))
      const [ours = 0, theirs = 0, floor = 0] = times.map(median)
      return {
        bench: `command/${name}`,
        unit: 'ms',
        peer: 'importing @x402/fetch',
        ours,
        theirs,
        floor,
        ratio: ours / theirs
      }
    })
  } finally {
    rmSync(home, { recursive: true })
  }
}

function wholeTime(argv: readonly string[], env: NodeJS.ProcessEnv): number {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const started = performance.now()
  const { status } = spawnSync(process.execPath, argv, { cwd, env, stdio: 'ignore' })
  const wholeMs = performance.now() - started
  // A balance that cannot be read is told by 1.
  if (status !== 0 && status !== 1) throw new TypeError(`${argv.join(' ')} ended with ${status}`)
  return wholeMs
}
