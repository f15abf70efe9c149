import { systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { change, openElsewhere, openLedger, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed, total } from '../../../test/purchases.js'

const server = usePostgres()

/** The same database under another name, as a dump that is restored. */
async function copyOf(url: string): Promise<string> {
  const target = new URL(url)
  const name = target.pathname.slice(1)
  target.pathname = '/postgres'
  await change(target.href, `CREATE DATABASE ${name}_copy TEMPLATE ${name}`)
  target.pathname = `/${name}_copy`
  return target.href
}

it('M31: tables that were restored from a dump pay nothing until they were compared with the chain', async () => {
  const url = await server.newDatabase()
  const first = openElsewhere(url)
  await first.reserve(reservation('1', [total(35n)]), { sign: () => signed })
  await first.close()
  const ledger = openLedger(await copyOf(url))
  expect((await ledger.status()).restored).toMatchObject({
    reason: expect.stringMatching('restored from a dump')
  })
  let asked = 0
  const sign = () => {
    asked++
    return signed
  }
  await expect(ledger.reserve(reservation('2', [total(35n)]), { sign })).rejects.toMatchObject({
    code: 'ledger/unavailable',
    moneyState: 'none'
  })
  expect(asked).toBe(0)
  await ledger.recordDebit({
    network: 'eip155:8453',
    asset: '0xa',
    transaction: '0x1',
    reference: '0xe',
    payTo: '0xb',
    amountAtomic: 28n,
    atMs: Date.now()
  })
  await ledger.markReconciled()
  expect((await ledger.status()).restored).toBeUndefined()
  await expect(ledger.reserve(reservation('2', [total(35n)]), { sign })).rejects.toMatchObject({
    code: 'offer/over-limit'
  })
})

it('M31: rows that were put back into the very tables that they came from pay nothing until they were compared', async () => {
  const url = await server.newDatabase()
  const first = openElsewhere(url)
  await first.status()
  await change(url, 'CREATE TABLE kept AS SELECT * FROM bursar_settings')
  await first.reserve(reservation('1', [total(7n)]), { sign: () => signed })
  await first.close()
  const tables = ['purchases', 'sums', 'settled', 'settled_chunks', 'jobs', 'sessions', 'settings']
  await change(url, `TRUNCATE ${tables.map((name) => `bursar_${name}`).join(', ')}`)
  await change(url, 'INSERT INTO bursar_settings SELECT * FROM kept')
  const ledger = openLedger(url)
  await expect(ledger.reserve(reservation('2', [total(7n)]), { sign: () => signed })).rejects.toMatchObject({
    code: 'ledger/unavailable',
    moneyState: 'none'
  })
  expect((await ledger.status()).restored).toBeDefined()
  await ledger.markReconciled()
  await ledger.reserve(reservation('2', [total(7n)]), { sign: () => signed })
})

it('M31: a database that has lost what it had committed pays nothing until it was compared, by nobody', async () => {
  const url = await server.newDatabase()
  const [ours, theirs] = [openElsewhere(url), openElsewhere(url)]
  await theirs.outstanding()
  await ours.reserve(reservation('1', [total(7n)]), { sign: () => signed })
  // As a standby is that was promoted without the last transactions.
  await change(url, 'DELETE FROM bursar_purchases; DELETE FROM bursar_sums; DELETE FROM bursar_sessions')
  for (const ledger of [ours, theirs]) {
    const paying = ledger.reserve(reservation('2', [total(7n)]), { sign: () => signed })
    await expect(paying).rejects.toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
  }
  expect((await theirs.status()).restored).toMatchObject({ reason: expect.stringMatching('has lost') })
  await ours.markReconciled()
  await ours.reserve(reservation('2', [total(7n)]), { sign: () => signed })
  expect((await ours.status()).restored).toBeUndefined()
})

it('a session that was idle for so long that it was forgotten has lost nothing', async () => {
  const url = await server.newDatabase()
  let aheadMs = 0
  const ours = openLedger(url, { clock: { ...systemClock, nowMs: () => Date.now() + aheadMs } })
  await ours.reserve(reservation('1', [total(7n)]))
  await ours.recordEvent('1', { type: 'released' })
  await ours.status()
  aheadMs = 33 * 86_400_000
  await change(url, 'DELETE FROM bursar_sessions')
  await ours.reserve(reservation('2', [total(7n)]))
  expect((await ours.status()).restored).toBeUndefined()
})

it('rows that the database itself moves are no copy', async () => {
  const url = await server.newDatabase()
  const first = openElsewhere(url)
  await first.status()
  await first.close()
  for (const sql of ['VACUUM FULL bursar_settings', 'VACUUM FREEZE bursar_settings']) await change(url, sql)
  expect((await openLedger(url).status()).restored).toBeUndefined()
})

it('tables that are where they were are no copy, however often they are opened', async () => {
  const url = await server.newDatabase()
  for (const id of ['1', '2']) {
    const ledger = openElsewhere(url)
    await ledger.reserve(reservation(id), { sign: () => signed })
    expect((await ledger.status()).restored).toBeUndefined()
    await ledger.close()
  }
  await server.restart()
  expect((await openLedger(url).status()).restored).toBeUndefined()
})
