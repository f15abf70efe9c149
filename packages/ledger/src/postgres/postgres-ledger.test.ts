import { atomicUsdc, type Reservation } from '@bursar/core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type LocalPostgres, startPostgres } from '../../test/local-postgres.js'
import { postgresLedger } from '../postgres.js'
import { ledgerContract } from '../testing.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

ledgerContract('postgresLedger', async (clock) => postgresLedger({ url: await server.newDatabase(), clock }))

const LIMIT = atomicUsdc(1_000n)
const reservation = (id: string): Reservation => ({
  id,
  fingerprint: id,
  method: 'GET',
  origin: 'https://a.example',
  path: '/',
  offer: {
    dialect: 'x402-v2',
    network: 'eip155:8453',
    asset: '0xa',
    payTo: '0xb',
    amountAtomic: 7n,
    cost: atomicUsdc(7n)
  },
  budgets: [{ name: 'total', limit: LIMIT }],
  labels: {}
})

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
            await ledger.reserve(reservation(id))
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
    const held = (
      await ledger.check({ ...reservation('x'), budgets: [{ name: 'x', limit: atomicUsdc(0n) }] })
    )?.used
    expect(held).toBe(BigInt(kept.length) * 7n)
  })

  it('that is not there is ledger/unavailable, and its URL is shown to nobody', async () => {
    const ledger = open('postgres://user:the-password@127.0.0.1:1/nothing')
    const error = await ledger.reserve(reservation('1')).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
    expect(JSON.stringify(error) + String(error)).not.toContain('the-password')
  })
})
