import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSnapshot } from '@bursar/dashboard'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { fill, payOnce, ROWS } from './many-rows.js'
import { median } from './measure.js'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

/** What the dashboard reads to show a ledger of a million purchases, beside one of a single purchase, in turns. */
export async function benchDashboard(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  const folder = mkdtempSync(join(tmpdir(), 'bursar-bench-'))
  const paths = [join(folder, 'full.db'), join(folder, 'small.db')]
  try {
    for (const path of paths) await payOnce(path, `${server.origin}/base`)
    fill(paths[0] ?? '')
    const first = await timesOf(paths, 1)
    const later = await timesOf(paths, quick ? 7 : 21)
    return [rowOf('first', first), rowOf('later', later)]
  } finally {
    server.stop()
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds that each ledger takes, by the median of some rounds in turns. */
async function timesOf(paths: readonly string[], rounds: number): Promise<readonly number[]> {
  const ledgers = paths.map((path) => sqliteLedger({ path }))
  const times: number[][] = ledgers.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, ledger] of ledgers.entries()) {
      const startedMs = performance.now()
      await readSnapshot({ ledger })
      times[index]?.push(performance.now() - startedMs)
    }
  for (const ledger of ledgers) await ledger.close()
  return times.map(median)
}

function rowOf(which: string, [ours = 0, theirs = 0]: readonly number[]): BenchRow {
  const bench = `dashboard/${which} snapshot/${ROWS} rows`
  return { bench, unit: 'ms', peer: 'a ledger of one purchase', ours, theirs, ratio: ours / theirs }
}
