import { bytesOf } from '@bursar/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type LocalPostgres, startPostgres } from '../../../test/local-postgres.js'
import { reservation, signed, total, used } from '../../../test/purchases.js'
import { postgresLedger } from '../../postgres.js'
import { ledgerContract } from '../../testing.js'
import { migrateTables } from './migrate-tables.js'
import { migration, SCHEMA_VERSION } from './schema.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

ledgerContract('postgresLedger', async (clock) => postgresLedger({ url: await server.newSchema(), clock }))

const budgets = [total(1_000n)]

function open(url: string) {
  const ledger = postgresLedger({ url, timeoutMs: 25_000 })
  onTestFinished(() => ledger.close())
  return ledger
}

describe('many machines', () => {
  it('together fill a budget exactly, never over it', async () => {
    const url = await server.newDatabase()
    const machines = Array.from({ length: 4 }, () => open(url))
    const results = await Promise.all(
      machines.flatMap((ledger, machine) =>
        Array.from({ length: 50 }, async (_, index) => {
          const id = `m${machine}-${index}`
          try {
            await ledger.reserve(reservation(id, budgets))
            return true
          } catch (error) {
            expect(error).toMatchObject({ code: 'offer/over-limit' })
            return false
          }
        })
      )
    )
    expect(results.filter(Boolean)).toHaveLength(142)
  })
})

describe('closing', () => {
  it('leaves what is open to the next, who takes it up at once, and takes nothing any more', async () => {
    const url = await server.newDatabase()
    const [one, two] = [open(url), open(url)]
    await one.reserve(reservation('1'), { sign: () => signed })
    await one.recordEvent('1', { type: 'settled' })
    await one.close()
    const query = { fingerprint: '1', windowMs: 60_000 }
    const resumed = await two.resume(query)
    expect(resumed).toMatchObject({ kind: 'resumed', purchase: { id: '1', state: 'settled' } })
    expect(resumed.kind === 'resumed' && bytesOf(resumed.purchase)?.header).toEqual(signed.header)
    await expect(one.reserve(reservation('2'))).rejects.toMatchObject({
      code: 'ledger/unavailable',
      context: { reason: 'it was closed' }
    })
  })
})

describe('a database', () => {
  it('that is restarted in the middle loses nothing, and says so once', async () => {
    const url = await server.newDatabase()
    const ledger = open(url)
    await ledger.reserve(reservation('before'))
    const during = Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => ledger.reserve(reservation(`during-${index}`)))
    )
    await server.restart()
    const results = await during
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
    }
    await ledger.reserve(reservation('after'))
    expect(await ledger.find({ id: 'before' })).toBeDefined()
    const kept: string[] = []
    for await (const { id } of ledger.history()) kept.push(id)
    const reported = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
    expect(reported.filter((id) => !kept.includes(id))).toEqual([])
    expect(await used(ledger)).toBe(BigInt(kept.length) * 7n)
  })

  it('of an earlier version is brought to a later one with everything in it', async () => {
    const url = await server.newDatabase()
    const ledger = open(url)
    await ledger.reserve(reservation('1'), { sign: () => signed })
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    onTestFinished(() => client.end())
    const runner = {
      rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
        (await client.query(sql, [...values])).rows as Row[]
    }
    const later = [migration(0), 'ALTER TABLE bursar_purchases ADD COLUMN note TEXT;']
    await migrateTables(runner, { version: SCHEMA_VERSION + 1, from: (version) => migration(version, later) })
    const { rows } = await client.query('SELECT id, state, note FROM bursar_purchases')
    expect(rows).toEqual([{ id: '1', state: 'signed', note: null }])
    await expect(migrateTables(runner)).rejects.toThrow(/later version/)
  })

  it('that is not there is ledger/unavailable, and its URL is shown to nobody', async () => {
    const ledger = open('postgres://user:the-password@127.0.0.1:1/nothing')
    const error = await ledger.reserve(reservation('1')).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
    expect(JSON.stringify(error) + String(error)).not.toContain('the-password')
  })
})
