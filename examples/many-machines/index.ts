/** Three processes, as on three machines, buy at once on one PostgreSQL ledger, and spend 0.05 USDC between them: no more. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createBursar, formatUsdc } from 'bursar'
import { postgresLedger } from 'bursar/postgres'
import { openEnvironment } from '../environment.js'
import { openDatabase } from './database.js'

await using environment = await openEnvironment()
await using database = await openDatabase()

await Promise.all(['one', 'two', 'three'].map(runMachine))

await using bursar = createBursar({
  ...environment.wallet,
  limits: { payment: '0.05', total: '0.05' },
  ledger: postgresLedger({ url: database.url })
})
let [count, spent] = [0, 0n]
for await (const { state, offer } of bursar.history()) {
  if (state !== 'settled') continue
  count += 1
  spent += offer.amountAtomic
}
console.log(`Together they bought ${count} reports for ${formatUsdc(spent)} USDC: the budget, to the cent.`)

async function runMachine(machine: string): Promise<void> {
  const program = fileURLToPath(new URL('buyer.ts', import.meta.url))
  const child = fork(program, {
    env: { ...process.env, DATABASE_URL: database.url, MACHINE: machine }
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`Machine ${machine} failed`)
}
