/** Makes so many paid calls, and as many again, and prints what the process holds after each. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchClient, bursarClient, durableClient, rememberingClient } from './clients.js'
import { runBatch } from './measure.js'

const [origin = '', name = '', count = '0'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'bursar-memory-'))
const client = open()
const held: object[] = []
for (let half = 0; half < 2; half++) {
  await runBatch(client, `${origin}/base`, 16, Number(count))
  held.push(await read())
}
await client.close?.()
rmSync(folder, { recursive: true })
console.log(JSON.stringify(held))
process.exit()

function open(): BenchClient {
  if (name === 'durable') return durableClient(join(folder, 'ledger.db'))
  return name === 'remembering' ? rememberingClient() : bursarClient()
}

/** In megabytes, once what nobody needs is gone. */
async function read(): Promise<{ readonly heap: number; readonly rss: number }> {
  for (let times = 0; times < 4; times++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    globalThis.gc?.()
  }
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 }
}
