import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { programs } from './cold-start.js'
import { EVM_KEY } from './keys.js'
import { median } from './measure.js'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

const peer = ['--input-type=module', '-e', programs.theirs]
const nothing = ['-e', '0']

/**
 * Milliseconds of a whole command, beside a Node that does nothing and beside the import of the official client: what
 * a command does not use, it does not load. What `balance` asks, a chain and a service, is on this machine and answers at once.
 */
export async function benchCommands(quick: boolean): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'bursar-bench-'))
  const server = await startServer()
  const env = {
    ...process.env,
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: EVM_KEY,
    BURSAR_RPC_BASE: `${server.origin}/rpc`,
    KATANA_URL: server.origin
  }
  try {
    return ['--version', 'history --json', 'balance --json'].map((command) => {
      const all = [[bin, ...command.split(' ')], peer, nothing]
      return rowOf(command, medians(all, env, quick ? 3 : 15))
    })
  } finally {
    server.stop()
    rmSync(home, { recursive: true })
  }
}

function rowOf(command: string, [ours = 0, theirs = 0, floor = 0]: readonly number[]): BenchRow {
  const ratio = ours / theirs
  return {
    bench: `command/${command}`,
    unit: 'ms',
    peer: 'importing @x402/fetch',
    ours,
    theirs,
    floor,
    ratio
  }
}

/** The median time of each program, in turns. */
function medians(
  programs: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
  rounds: number
): readonly number[] {
  const times = programs.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, argv] of programs.entries()) times[index]?.push(wholeTime(argv, env))
  return times.map(median)
}

function wholeTime(argv: readonly string[], env: NodeJS.ProcessEnv): number {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const started = performance.now()
  const { status } = spawnSync(process.execPath, argv, { cwd, env, stdio: 'ignore' })
  const wholeMs = performance.now() - started
  if (status !== 0) throw new TypeError(`${argv.join(' ')} ended with ${status}`)
  return wholeMs
}
