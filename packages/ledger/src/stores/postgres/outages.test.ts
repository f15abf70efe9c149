import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startChild } from '../../../test/child.js'
import { startCuttingProxy } from '../../../test/cutting-proxy.js'
import { startPoolingProxy } from '../../../test/pooling-proxy.js'
import { change, openElsewhere, openLedger, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed } from '../../../test/purchases.js'

const server = usePostgres()
const query = { fingerprint: 'p', windowMs: 600_000 }
const soon = { interval: 20 } as const

describe('the end of a call, while the database does not answer', () => {
  it('M6: is written by its process when the database has restarted, and another resumes the payment', async () => {
    const url = await server.newSchema()
    const [ours, theirs] = [openLedger(url), openElsewhere(url)]
    await ours.reserve(reservation('p'), { sign: () => signed })
    const restarting = server.restart()
    await ours.recordEvent('p', { type: 'failed' }).catch(() => {})
    await restarting
    const kindNow = (): Promise<string> =>
      theirs.resume(query).then(
        ({ kind }) => kind,
        () => 'unavailable'
      )
    await expect.poll(kindNow, soon).toBe('resumed')
  })

  it('M6: stops every payment of its process, and its heartbeat, until it is written', async () => {
    const url = await server.newSchema()
    const proxy = await startCuttingProxy(url)
    const [ours, theirs] = [openLedger(proxy.url), openElsewhere(url)]
    await ours.reserve(reservation('p'), { sign: () => signed })
    const heartbeats = async () =>
      (await change(url, 'SELECT id, heartbeat_at FROM bursar_sessions ORDER BY id')).rows
    await theirs.outstanding()
    const before = await heartbeats()
    proxy.refuse()
    const failing = ours.recordEvent('p', { type: 'failed' })
    await expect(failing).rejects.toMatchObject({ code: 'ledger/unavailable' })
    expect((await ours.status().catch(() => ({ unwritten: 1 }))).unwritten).toBe(1)
    await expect(ours.reserve(reservation('q'))).rejects.toMatchObject({ code: 'ledger/unavailable' })
    await sleep(2_500)
    expect(await heartbeats()).toEqual(before)
    expect(await theirs.resume(query)).toMatchObject({ kind: 'wait' })
    proxy.accept()
    await expect.poll(async () => (await theirs.resume(query)).kind, soon).toBe('resumed')
    expect((await ours.status()).unwritten).toBe(0)
    expect(await ours.find({ id: 'q' })).toBeUndefined()
  })

  it('M8: is written with all that followed the money, also of a call that an account is billed for', async () => {
    const url = await server.newSchema()
    const proxy = await startCuttingProxy(url)
    const [ours, theirs] = [openLedger(proxy.url), openElsewhere(url)]
    const { payer, offer, ...call } = reservation('billed')
    await ours.reserve({
      ...call,
      kind: 'account',
      offer: { ...offer, dialect: 'account', network: 'account:usd' }
    })
    await ours.reserve(reservation('p'), { sign: () => signed })
    proxy.refuse()
    for (const type of ['sent', 'settled', 'answered'] as const)
      await ours.recordEvent('p', { type }).catch(() => {})
    await ours.recordEvent('billed', { type: 'released' }).catch(() => {})
    proxy.accept()
    await expect
      .poll(() => theirs.find({ id: 'p' }), soon)
      .toMatchObject({ state: 'settled', call: 'answered' })
    await expect.poll(() => theirs.find({ id: 'billed' }), soon).toMatchObject({ state: 'released' })
    expect(await theirs.resume(query)).toEqual({ kind: 'nothing' })
  })

  it('M8: of a purchase that another process made is written as well', async () => {
    const url = await server.newSchema()
    const proxy = await startCuttingProxy(url)
    const [ours, theirs] = [openLedger(proxy.url), openElsewhere(url)]
    await theirs.reserve(reservation('p'), { sign: () => signed })
    await theirs.recordEvent('p', { type: 'failed' })
    await ours.outstanding()
    proxy.refuse()
    const learning = ours.recordEvent('p', { type: 'settled', transaction: '0xe' })
    await expect(learning).rejects.toMatchObject({ code: 'ledger/unavailable' })
    proxy.accept()
    await expect
      .poll(() => theirs.find({ id: 'p' }), soon)
      .toMatchObject({ state: 'settled', transaction: '0xe' })
  })
})

describe('a process that ends by itself', () => {
  it.each([
    ['process.exit', 'process.exit(0)'],
    ['an error that nobody catches', "setImmediate(() => { throw new TypeError('on purpose') })"],
    ['SIGKILL', "process.kill(process.pid, 'SIGKILL')"]
  ])('M45: by %s has written what its caller knows', async (_, end) => {
    const url = await server.newSchema()
    const program = `
      import { postgresLedger } from '@bursar/ledger/postgres'
      const ledger = postgresLedger(place)
      process.on('uncaughtExceptionMonitor', () => console.error = () => {})
      await ledger.reserve(reservation('p'), { sign: () => signed })
      for (const type of ['sent', 'settled', 'answered']) await ledger.recordEvent('p', { type })
      ${end}`
    await startChild(program, url, 'quiet').gone
    const ledger = openLedger(url)
    expect(await ledger.find({ id: 'p' })).toMatchObject({ state: 'settled', call: 'answered' })
    expect(await ledger.resume(query)).toEqual({ kind: 'nothing' })
  })
})

describe('who gives up', () => {
  it('M40: while the database does not answer fails at once, and reserves nothing', async () => {
    const url = await server.newSchema()
    // Nobody's patience ends within this test.
    const ours = openLedger(url, { timeoutMs: 600_000 })
    await ours.reserve(reservation('p'), { sign: () => signed })
    // Another writer holds the lock, and does not go on.
    const holder = startChild(holdsLock, url)
    await holder.says(1)
    const reason = new Error('changed my mind')
    const controller = new AbortController()
    const { signal } = controller
    const waiting = [
      ours.reserve(reservation('1'), { signal }),
      ours
        .resume({ ...query, name: 'none' }, { signal })
        .then(() => ours.reserve(reservation('2'), { signal })),
      ours.recordEvent('p', { type: 'failed' }, { signal })
    ]
    const waiters = () => change(url, "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    await expect.poll(async () => (await waiters()).rowCount).toBeGreaterThan(0)
    controller.abort(reason)
    for (const { status, ...rest } of await Promise.allSettled(waiting))
      expect({ status, ...rest }).toEqual({ status: 'rejected', reason })
    await holder.kill()
    await ours.reserve(reservation('3'))
    for (const id of ['1', '2']) expect((await ours.find({ id }))?.state ?? 'released').toBe('released')
    expect(await ours.find({ id: 'p' })).toMatchObject({ call: 'failed' })
  })
})

/** Takes the writers' lock as a transaction of the ledger's does, and keeps it. */
const holdsLock = `
  import pg from 'pg'
  const client = new pg.Client({ connectionString: place })
  await client.connect()
  await client.query('BEGIN; SELECT pg_advisory_xact_lock(218211918)')
  say('held')
  stay()`

it('nothing is looked for at a standby, which has the same identity and may be behind', async () => {
  const url = await server.newSchema()
  const ledger = openLedger(url)
  await ledger.reserve(reservation('p'), { sign: () => signed })
  await ledger.recordEvent('p', { type: 'failed' })
  await server.restart('standby')
  await expect(ledger.outstanding()).rejects.toMatchObject({ code: 'ledger/unavailable' })
  await server.restart('primary')
  await expect.poll(async () => (await ledger.resume(query)).kind, soon).toBe('resumed')
})

it('nor where a pooler leads a connection to the standby that led to its primary before', async () => {
  const url = await startPoolingProxy(await server.newSchema())
  const ledger = openLedger(url)
  await ledger.reserve(reservation('p'), { sign: () => signed })
  await server.restart('standby')
  const refusal = () => ledger.reserve(reservation('q')).catch((error: Error) => error)
  await expect.poll(refusal, soon).toMatchObject({
    code: 'ledger/unavailable',
    message: expect.stringContaining('standby')
  })
  await expect(ledger.find({ id: 'p' })).rejects.toMatchObject({ code: 'ledger/unavailable' })
  await server.restart('primary')
  await expect.poll(() => ledger.find({ id: 'p' }).catch(() => undefined), soon).toMatchObject({ id: 'p' })
})
