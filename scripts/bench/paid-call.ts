import { type BenchClient, bursarClient, floorClient, officialClient } from './clients.js'
import { type Batch, median, runBatch } from './measure.js'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

/**
 * Paid calls a second and CPU per call, against the official client on the same server, in turns within
 * one process so that both see the same machine. Ratios are of medians.
 */
export async function benchPaidCalls(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  try {
    const clients = [bursarClient(), officialClient(), floorClient()]
    for (const client of clients) await runBatch(client, server.url, 8, quick ? 50 : 400)
    const rows: BenchRow[] = []
    for (const concurrency of [1, 16, 64])
      rows.push(...(await benchAt(clients, server.url, concurrency, quick)))
    return rows
  } finally {
    server.stop()
  }
}

async function benchAt(
  clients: readonly BenchClient[],
  url: string,
  concurrency: number,
  quick: boolean
): Promise<BenchRow[]> {
  const rounds = quick ? 3 : 15
  const calls = quick ? 100 : concurrency === 1 ? 300 : 800
  const batches = new Map<string, Batch[]>(clients.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const client of clients)
      batches.get(client.name)?.push(await runBatch(client, url, concurrency, calls))
  }
  const of = (name: string, figure: keyof Batch): number =>
    median((batches.get(name) ?? []).map((batch) => batch[figure]))
  return [
    {
      bench: `paid-call/base/c${concurrency}`,
      unit: 'calls/s',
      peer: '@x402/fetch',
      ours: of('bursar', 'callsPerSecond'),
      theirs: of('@x402/fetch', 'callsPerSecond'),
      floor: of('floor', 'callsPerSecond'),
      ratio: of('bursar', 'callsPerSecond') / of('@x402/fetch', 'callsPerSecond')
    },
    {
      bench: `cpu-per-call/base/c${concurrency}`,
      unit: 'us',
      peer: '@x402/fetch',
      ours: of('bursar', 'cpuMicrosPerCall'),
      theirs: of('@x402/fetch', 'cpuMicrosPerCall'),
      floor: of('floor', 'cpuMicrosPerCall'),
      ratio: of('bursar', 'cpuMicrosPerCall') / of('@x402/fetch', 'cpuMicrosPerCall')
    }
  ]
}
