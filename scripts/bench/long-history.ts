import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './measure.js'
import type { BenchRow } from './row.js'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))
/** What the operator was promised: the first line within 0.3 s, and no more than 150 MB for all. */
const FIRST_MS = 300
const MOST_MEGABYTES = 150
/** Enough rows for the memory to be what it stays. */
const LIMIT = 200_000

/** How soon `bursar history` over a long ledger begins to print, and the most memory that it holds. */
export async function benchLongHistory(path: string, rows: number, quick: boolean): Promise<BenchRow[]> {
  const runs = []
  for (let round = 0; round < (quick ? 3 : 9); round++) runs.push(await runHistory(path))
  const bench = `command/history --json of ${rows} rows`
  return [
    {
      bench,
      unit: 'ms',
      peer: 'promised',
      ...compared(median(runs.map(({ firstMs }) => firstMs)), FIRST_MS)
    },
    {
      bench,
      unit: 'MB',
      peer: 'promised',
      ...compared(median(runs.map(({ megabytes }) => megabytes)), MOST_MEGABYTES)
    }
  ]
}

function compared(ours: number, theirs: number) {
  return { ours, theirs, ratio: ours / theirs }
}

/** Says at its end how much memory it has held, in KB. What `resourceUsage` says begins with what its parent held. */
const probe = `data:text/javascript,${encodeURIComponent(
  `import { readFileSync } from 'node:fs'
  const held = () => /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
  process.on('exit', () => process.stderr.write(held()))`
)}`

async function runHistory(path: string): Promise<{ readonly firstMs: number; readonly megabytes: number }> {
  const options = ['--set', `ledger=${path}`, 'history', '--json', '--limit', String(LIMIT)]
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', probe, bin, ...options], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let [firstMs, errors] = [0, '']
  child.stdout.on('data', () => {
    firstMs ||= performance.now() - started
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const status = await new Promise((resolve) => child.once('close', resolve))
  if (status !== 0 || !/^\d+$/.test(errors)) throw new TypeError(`history ended with ${status}: ${errors}`)
  return { firstMs, megabytes: Number(errors) / 1024 }
}
