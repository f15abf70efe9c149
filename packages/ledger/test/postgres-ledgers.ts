import { type Clock, type Ledger, systemClock } from '@bursar/core'
import pg from 'pg'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { postgresLedger } from '../src/postgres.js'
import { type LocalPostgres, startPostgres } from './local-postgres.js'

/** A PostgreSQL for the tests of a file. */
export function usePostgres(): LocalPostgres {
  let server: LocalPostgres | undefined
  const started = (): LocalPostgres => {
    if (!server) throw new TypeError('PostgreSQL has not started')
    return server
  }
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())
  return {
    newDatabase: () => started().newDatabase(),
    newSchema: () => started().newSchema(),
    restart: (as) => started().restart(as),
    stop: () => started().stop()
  }
}

/** A ledger that is closed when its test ends. */
export function openLedger(url: string, options: { clock?: Clock; timeoutMs?: number } = {}): Ledger {
  const ledger = postgresLedger({ url, timeoutMs: 20_000, ...options })
  onTestFinished(() => ledger.close())
  return ledger
}

/** A ledger as in another process: ledgers that go by different clocks share no session. */
export function openElsewhere(url: string): Ledger {
  return openLedger(url, { clock: { ...systemClock } })
}

/** Runs SQL as somebody else would. */
export async function change(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}
