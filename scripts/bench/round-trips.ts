import { bursarClient, officialClient, rememberingClient } from './clients.js'
import { median, runBatch } from './measure.js'
import type { BenchRow } from './row.js'
import { openSlowLine } from './slow-line.js'
import { startServer } from './start-server.js'

/** Of the line, there and back. */
const ROUND_TRIP_MS = 100
/** The first of them asks for its price. */
const CALLS = 20

/** How many round trips a paid call takes on a line with a delay: its time, divided by that of the line. */
export async function benchRoundTrips(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  const line = await openSlowLine(server.origin, ROUND_TRIP_MS / 2)
  try {
    const trips = new Map<string, number[]>()
    for (let round = 0; round < (quick ? 2 : 5); round++)
      for (const client of [bursarClient(), rememberingClient(), await officialClient()]) {
        // The code is compiled and the connection is open.
        await runBatch(client, `${server.origin}/base`, 1, 300)
        const url = `${line.origin}/base`
        await client.call(`${url}?free`)
        const taken = trips.get(client.name) ?? []
        const started = performance.now()
        for (let call = 0; call < CALLS; call++) await client.call(url)
        taken.push((performance.now() - started) / CALLS / ROUND_TRIP_MS)
        trips.set(client.name, taken)
      }
    const theirs = median(trips.get('official') ?? [])
    return ['bursar', 'remembering'].map((name) => {
      const ours = median(trips.get(name) ?? [])
      const bench = `round-trips/${name}/base/${ROUND_TRIP_MS}ms`
      return { bench, unit: 'trips', peer: '@x402/fetch', ours, theirs, ratio: ours / theirs }
    })
  } finally {
    line.stop()
    server.stop()
  }
}
