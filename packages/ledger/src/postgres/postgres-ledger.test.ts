import { atomicUsdc } from '@bursar/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type LocalPostgres, startPostgres } from '../../test/local-postgres.js'
import { reservation, signed } from '../../test/purchases.js'
import { storedPurchase } from '../../test/stored-purchase.js'
import { postgresLedger } from '../postgres.js'
import { ledgerContract } from '../testing.js'
import { migration } from './schema.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

ledgerContract('postgresLedger', async (clock) => postgresLedger({ url: await server.newDatabase(), clock }))

const budgets = [{ name: 'total', limit: atomicUsdc(1_000n) }]

function open(url: string) {
  const ledger = postgresLedger({ url, timeoutMs: 5_000 })
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
    await one.reserve(reservation('1'), () => signed)
    await one.recordEvent('1', { type: 'settled' })
    await one.close()
    const query = { fingerprint: '1', endedAfterMs: Date.now() - 60_000 }
    expect(await two.resume(query)).toMatchObject({ id: '1', state: 'settled', header: signed.header })
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
    expect(await ledger.get('before')).toBeDefined()
    const kept: string[] = []
    for await (const { id } of ledger.history()) kept.push(id)
    const told = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
    expect(told.filter((id) => !kept.includes(id))).toEqual([])
    const held = (await ledger.check(reservation('x', [{ name: 'x', limit: atomicUsdc(0n) }])))?.used
    expect(held).toBe(BigInt(kept.length) * 7n)
  })

  it('of an earlier version is brought to this one with everything in it', async () => {
    const url = await server.newDatabase()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(migration(0, 1))
    const { id, fingerprint, facts, secrets } = storedPurchase
    await client.query(
      `INSERT INTO bursar_purchases (id, fingerprint, host, network, cost, state, call, session, reserved_at, facts,
         secrets) VALUES ($1, $2, 'a.example', 'eip155:8453', 7, 'sent', 'failed', 's', 1, $3, $4)`,
      [id, fingerprint, facts, secrets]
    )
    await client.end()
    const ledger = open(url)
    const query = { fingerprint, endedAfterMs: 0 }
    expect(await ledger.resume(query)).toMatchObject({ id, state: 'sent', header: { value: 'bytes' } })
    await ledger.recordEvent(id, { type: 'job', job: 'request-1' })
    const found: string[] = []
    for await (const purchase of ledger.history({ job: 'request-1' })) found.push(purchase.id)
    expect(found).toEqual([id])
  })

  it('that is not there is ledger/unavailable, and its URL is shown to nobody', async () => {
    const ledger = open('postgres://user:the-password@127.0.0.1:1/nothing')
    const error = await ledger.reserve(reservation('1')).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
    expect(JSON.stringify(error) + String(error)).not.toContain('the-password')
  })
})
