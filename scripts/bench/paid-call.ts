import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchClient, bursarClient, durableClient, officialClient } from './clients.js'
import { baseFloor, solanaFloor } from './floor.js'
import { type Batch, median, runBatch } from './measure.js'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

/** One network's clients, the official one by the name of the package that pays there. */
interface Contest {
  readonly network: 'base' | 'solana'
  readonly peer: '@x402/fetch' | '@x402/svm'
  readonly clients: readonly BenchClient[]
}

/**
 * Unmeasured calls of each client before its first batch, and again at each number of calls at a time. V8 goes on compiling
 * for about 4,000 calls of any of them; a program that pays for hours is past that. A quick run warms up as long.
 */
const WARM_UP = { first: 4_000, eachConcurrency: 1_000 }

/**
 * Paid calls a second and CPU per call, against the official client on the same server, in turns within
 * one process so that both see the same machine. A ratio is the median of the rounds' own ratios, since what else runs on the
 * machine changes from round to round.
 */
export async function benchPaidCalls(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  const folder = mkdtempSync(join(tmpdir(), 'bursar-bench-'))
  const rpcUrl = `${server.origin}/rpc`
  const contests: Contest[] = [
    {
      network: 'base',
      peer: '@x402/fetch',
      clients: [bursarClient(), await officialClient(), baseFloor(), durableClient(join(folder, 'ledger.db'))]
    },
    {
      network: 'solana',
      peer: '@x402/svm',
      clients: [bursarClient(rpcUrl), await officialClient(rpcUrl), solanaFloor()]
    }
  ]
  try {
    const rows: BenchRow[] = []
    for (const contest of contests) {
      const url = `${server.origin}/${contest.network}`
      for (const client of contest.clients) await runBatch(client, url, 16, WARM_UP.first)
      for (const concurrency of [1, 16, 64]) rows.push(...(await benchAt(contest, url, concurrency, quick)))
    }
    return [...rows, await benchRpcCalls(server.origin, contests.at(-1)?.clients ?? [])]
  } finally {
    server.stop()
    rmSync(folder, { recursive: true })
  }
}

async function benchAt(
  { network, peer, clients }: Contest,
  url: string,
  concurrency: number,
  quick: boolean
): Promise<BenchRow[]> {
  const rounds = quick ? 5 : 15
  const calls = quick ? 200 : concurrency === 1 ? 300 : 800
  const batches = new Map<string, Batch[]>(clients.map(({ name }) => [name, []]))
  for (const client of clients) await runBatch(client, url, concurrency, WARM_UP.eachConcurrency)
  for (let round = 0; round < rounds; round++) {
    for (const client of clients)
      batches.get(client.name)?.push(await runBatch(client, url, concurrency, calls))
  }
  const row = (who: string, kind: string, figure: keyof Batch): BenchRow => {
    const of = (name: string): number[] => (batches.get(name) ?? []).map((batch) => batch[figure])
    const [ours, theirs] = [of(who), of('official')]
    return {
      bench: `${kind}${who === 'bursar' ? '' : `/${who}`}/${network}/c${concurrency}`,
      unit: figure === 'callsPerSecond' ? 'calls/s' : 'us',
      peer,
      ours: median(ours),
      theirs: median(theirs),
      floor: median(of('floor')),
      ratio: median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)))
    }
  }
  return ['bursar', 'durable']
    .filter((who) => batches.has(who))
    .flatMap((who) => [row(who, 'paid-call', 'callsPerSecond'), row(who, 'cpu-per-call', 'cpuMicrosPerCall')])
}

/** How often a warm call asks the Solana node. */
async function benchRpcCalls(origin: string, clients: readonly BenchClient[]): Promise<BenchRow> {
  const CALLS = 100
  const asked = async (): Promise<number> => Number(await (await fetch(`${origin}/rpc-calls`)).text())
  const perCall = async (client: BenchClient | undefined): Promise<number> => {
    if (!client) throw new TypeError('Nobody pays on Solana')
    const before = await asked()
    await runBatch(client, `${origin}/solana`, 1, CALLS)
    return ((await asked()) - before) / CALLS
  }
  const [ours, theirs] = [await perCall(clients[0]), await perCall(clients[1])]
  return {
    bench: 'rpc-calls/solana/warm',
    unit: 'calls',
    peer: '@x402/svm',
    ours,
    theirs,
    ratio: ours / theirs
  }
}
