import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './measure.js'
import type { BenchRow } from './row.js'

const child = fileURLToPath(new URL('large-body-child.ts', import.meta.url))

/**
 * Peak memory that paying adds to sending a 20 MB body, in bodies: below 1 means that no further copy
 * was made. Each figure is the resident peak of a fresh process, less that of the same request unpaid.
 */
export function benchLargeBody(quick: boolean): BenchRow[] {
  const rounds = Array.from({ length: quick ? 1 : 5 }, () => ({
    unpaid: peakBytes('bursar', 'unpaid'),
    ours: peakBytes('bursar', 'paid'),
    theirs: peakBytes('@x402/fetch', 'paid')
  }))
  const above = (who: 'ours' | 'theirs'): number =>
    median(rounds.map((round) => (round[who] - round.unpaid) / BODY_BYTES))
  const [ours, theirs] = [above('ours'), above('theirs')]
  return [
    {
      bench: 'large-body/memory-above-unpaid',
      unit: 'bodies',
      peer: '@x402/fetch',
      ours,
      theirs,
      ratio: ours / theirs
    }
  ]
}

/** 20 MB. */
export const BODY_BYTES = 20_000_000

/** The resident peak of a fresh process that sends the body once. */
function peakBytes(client: 'bursar' | '@x402/fetch', mode: 'paid' | 'unpaid'): number {
  const output = execFileSync(process.execPath, ['--import', 'tsx', child, client, mode], {
    encoding: 'utf8'
  })
  return Number(output)
}
