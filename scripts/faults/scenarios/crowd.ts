import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { atomicUsdc, type Ledger } from '@bursar/core'
import { postgresLedger } from '@bursar/ledger/postgres'
import { checkLedger, sqliteLedger } from '@bursar/ledger/sqlite'
import pg from 'pg'
import type { Scenario } from '../scene.js'
import type { LedgerPlace } from '../stage.js'

const PROCESSES = 50
const PURCHASES = 40
/** Each costs 7, and half of them fit. */
const LIMIT = (PROCESSES * PURCHASES * 7) / 2

/** Many processes fill one budget in one file. */
export const crowdOnFile: Scenario = {
  name: 'crowd on one file',
  async play({ newFile }) {
    const ledger = newFile()
    const seconds = await runCrowd(ledger)
    await expectExact(sqliteLedger(ledger))
    assert.deepEqual(checkLedger(ledger).problems, [])
    return `${PROCESSES} processes filled a budget exactly, ${PROCESSES * PURCHASES} purchases in ${seconds} s`
  }
}

/** As many with four connections each fill one budget in one database. */
export const crowdOnDatabase: Scenario = {
  name: 'crowd on one database',
  async play({ newDatabase }) {
    const url = await newDatabase()
    const over = new AbortController()
    const counting = mostConnections(url, over.signal)
    const seconds = await runCrowd({ url })
    over.abort()
    const connections = await counting
    await expectExact(postgresLedger(url))
    assert.ok(connections >= 4 * PROCESSES, `only ${connections} connections at once`)
    return `${connections} connections of ${PROCESSES} processes filled a budget exactly, ${PROCESSES * PURCHASES} purchases in ${seconds} s`
  }
}

/** Lets all begin at the same moment. */
async function runCrowd(ledger: LedgerPlace): Promise<number> {
  const program = fileURLToPath(new URL('../crowd.mjs', import.meta.url))
  const children = Array.from({ length: PROCESSES }, (_, name) => {
    const told = JSON.stringify({ ledger, name, purchases: PURCHASES, limit: LIMIT })
    const env = { ...process.env, FAULTS_CROWD: told }
    return spawn(process.execPath, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  })
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
  const startedMs = performance.now()
  for (const { stdin } of children) stdin.write('go\n')
  const ended = children.map((child) => once(child, 'exit'))
  for (const [code] of await Promise.all(ended)) assert.equal(code, 0)
  return Math.round((performance.now() - startedMs) / 1000)
}

async function expectExact(ledger: Ledger): Promise<void> {
  const [usage] = await ledger.usage([{ name: 'total', limit: atomicUsdc(0n) }])
  assert.equal(usage?.used, BigInt(LIMIT))
  let settled = 0
  for await (const { state, call } of ledger.history()) {
    assert.deepEqual([state, call], ['settled', 'answered'])
    settled++
  }
  assert.equal(settled, LIMIT / 7)
  await ledger.close()
}

/** The most connections to a database that there are at once, until the signal. */
async function mostConnections(url: string, signal: AbortSignal): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const count = 'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database()'
  let most = 0
  while (!signal.aborted) {
    const { rows } = await client.query<{ count: number }>(count)
    most = Math.max(most, (rows[0]?.count ?? 0) - 1)
    await sleep(20)
  }
  await client.end()
  return most
}
