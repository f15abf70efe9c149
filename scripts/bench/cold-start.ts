import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { EVM_KEY } from './keys.js'
import { median } from './measure.js'
import type { BenchRow } from './row.js'

/** What a program does before its first call. */
export const programs = {
  ours: `const { createBursar } = await import('bursar')
    createBursar({ evm: '${EVM_KEY}', limits: { payment: '0.05' }, ledger: 'memory' })`,
  theirs: `const { wrapFetchWithPaymentFromConfig } = await import('@x402/fetch')
    const { ExactEvmScheme } = await import('@x402/evm')
    const { privateKeyToAccount } = await import('viem/accounts')
    wrapFetchWithPaymentFromConfig(fetch, {
      schemes: [{ network: 'eip155:8453', client: new ExactEvmScheme(privateKeyToAccount('${EVM_KEY}')) }] })`
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
