import { setTimeout as sleep } from 'node:timers/promises'
import { isBursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { startChild } from '../../../test/child.js'
import { change, clockAhead, lockFile, newPath, openLedger } from '../../../test/ledger-files.js'
import { reservation, signed } from '../../../test/purchases.js'
import { sqliteLedger } from '../../sqlite.js'

const query = { fingerprint: 'p', windowMs: 600_000 }

/** Rejected by the database itself, as on a full disk. */
const fillDisk = "CREATE TRIGGER refuse BEFORE UPDATE ON purchases BEGIN SELECT RAISE(ABORT, 'full'); END"
const freeDisk = 'DROP TRIGGER refuse'

/** Buys, and records that its call failed when the test says so. */
const failsWhenTold = `
  import { sqliteLedger } from '@bursar/ledger/sqlite'
  const ledger = sqliteLedger({ path: place })
  await ledger.reserve(reservation('p'), { sign: () => signed })
  say('bought')
  await goAhead()
  await ledger.recordEvent('p', { type: 'failed' }).catch((error) => say(error.code))
  say('done')
  stay()`

describe('the end of a call that could not be written', () => {
  it('M4: is written by its process as soon as the file is free, and another resumes the payment', async () => {
    const path = newPath()
    const child = startChild(failsWhenTold, path)
    await child.says(1)
    const ledger = openLedger(path, clockAhead())
    const free = lockFile(path)
    child.go()
    await child.says(3)
    expect(child.said()).toEqual(['bought', 'ledger/unavailable', 'done'])
    // It lives on, and does not say so: what it says comes with what it has not written yet.
    expect(await ledger.resume(query)).toMatchObject({ kind: 'wait' })
    free()
    const kindNow = async (): Promise<string> => (await ledger.resume(query)).kind
    await expect.poll(kindNow, { interval: 20 }).toBe('resumed')
  })

  it('M5: is known to every ledger of its process, whichever of them recorded it', async () => {
    const path = newPath()
    const [one, two] = [openLedger(path), openLedger(path)]
    await one.reserve(reservation('p'), { sign: () => signed })
    const free = lockFile(path)
    const failing = one.recordEvent('p', { type: 'failed' })
    const resuming = two.resume(query)
    await sleep(50)
    free()
    await failing
    expect(await resuming).toMatchObject({ kind: 'resumed', purchase: { id: 'p' } })
  })

  it('M7: is written as soon as the disk has room, without anybody asking', async () => {
    const path = newPath()
    const [ours, theirs] = [openLedger(path), openLedger(path, clockAhead())]
    await ours.reserve(reservation('p'), { sign: () => signed })
    change(path, fillDisk)
    const failing = ours.recordEvent('p', { type: 'failed' })
    await expect(failing).rejects.toMatchObject({ code: 'ledger/unavailable' })
    expect((await ours.status()).unwritten).toBe(1)
    expect(await theirs.resume(query)).toMatchObject({ kind: 'wait' })
    change(path, freeDisk)
    const kindNow = async (): Promise<string> => (await theirs.resume(query)).kind
    await expect.poll(kindNow, { interval: 20 }).toBe('resumed')
    expect((await ours.status()).unwritten).toBe(0)
  })

  it('stops every payment of its process until it is written', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.reserve(reservation('p'), { sign: () => signed })
    change(path, fillDisk)
    await ledger.recordEvent('p', { type: 'failed' }).catch(() => {})
    await expect(ledger.resume(query)).rejects.toMatchObject({ code: 'ledger/unavailable' })
    await expect(ledger.reserve(reservation('q'))).rejects.toMatchObject({ code: 'ledger/unavailable' })
    change(path, freeDisk)
    expect(await ledger.resume(query)).toMatchObject({ kind: 'resumed' })
  })

  it('M8: is written with everything before it, and so is what an account was billed', async () => {
    const path = newPath()
    const [ours, theirs] = [openLedger(path), openLedger(path, clockAhead())]
    const { payer, offer, ...call } = reservation('billed')
    await ours.reserve({
      ...call,
      kind: 'account',
      offer: { ...offer, dialect: 'account', network: 'account:usd' }
    })
    await ours.reserve(reservation('p'), { sign: () => signed })
    change(path, fillDisk)
    for (const type of ['sent', 'settled', 'answered'] as const) await ours.recordEvent('p', { type })
    await ours.recordEvent('billed', { type: 'released' }).catch(() => {})
    await sleep(100)
    change(path, freeDisk)
    await expect
      .poll(() => theirs.find({ id: 'p' }), { interval: 20 })
      .toMatchObject({ state: 'settled', call: 'answered' })
    expect(await theirs.find({ id: 'billed' })).toMatchObject({ state: 'released' })
  })
})

describe('a process that ends by itself', () => {
  it.each([
    ['process.exit', 'process.exit(0)'],
    ['an error that nobody catches', "setImmediate(() => { throw new TypeError('on purpose') })"],
    ['its end', '']
  ])('M44: by %s has written what its caller knows', async (_, end) => {
    const path = newPath()
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: place })
      process.on('uncaughtExceptionMonitor', () => console.error = () => {})
      await ledger.reserve(reservation('p'), { sign: () => signed })
      for (const type of ['sent', 'settled', 'answered']) await ledger.recordEvent('p', { type })
      ${end}`
    await startChild(program, path, 'quiet').gone
    const ledger = openLedger(path)
    expect(await ledger.find({ id: 'p' })).toMatchObject({ state: 'settled', call: 'answered' })
    expect(await ledger.resume(query)).toEqual({ kind: 'nothing' })
  })

  it('M44: while it is closing and its file is locked has written what its caller knows', async () => {
    const path = newPath()
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: place })
      await ledger.reserve(reservation('p'), { sign: () => signed })
      say('open')
      await goAhead()
      for (const type of ['sent', 'settled', 'answered']) await ledger.recordEvent('p', { type })
      void ledger.close()
      say('closing')
      setImmediate(() => process.exit(0))`
    const child = startChild(program, path)
    await child.says(1)
    const free = lockFile(path)
    child.go()
    await child.says(2)
    free()
    await child.gone
    expect(await openLedger(path).find({ id: 'p' })).toMatchObject({ state: 'settled', call: 'answered' })
  })

  it('ends also where its file is gone, so that what it has to write is never written', async () => {
    const path = newPath()
    const program = `
      import { rmSync } from 'node:fs'
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: place })
      await ledger.reserve(reservation('p'), { sign: () => signed })
      for (const end of ['', '-wal', '-shm']) rmSync(place + end)
      await ledger.recordEvent('p', { type: 'failed' }).catch(({ code }) => say(code))`
    const child = startChild(program, path)
    expect(await child.gone).toEqual([0, null])
    expect(child.said()).toEqual(['ledger/unavailable'])
  })

  it('leaves what it has open to the next at once', async () => {
    const path = newPath()
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      await sqliteLedger({ path: place }).reserve(reservation('p'), { sign: () => signed })
      process.exit(0)`
    await startChild(program, path).gone
    change(path, "UPDATE sessions SET machine = 'container-1'")
    expect(await openLedger(path).resume(query)).toMatchObject({ kind: 'resumed' })
  })
})

describe('anyone who gives up', () => {
  it('M40: while the file is locked fails at once, and reserves nothing', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.outstanding()
    const free = lockFile(path)
    const reason = new Error('changed my mind')
    const controller = new AbortController()
    const { signal } = controller
    let signed = 0
    const sign = () => {
      signed++
      throw new TypeError('It was to be taken back')
    }
    const waiting = [
      ledger.reserve(reservation('1'), { signal }),
      ledger.reserve(reservation('2'), { sign, signal }),
      ledger.recordEvent('3', { type: 'dead' }, { signal })
    ]
    controller.abort(reason)
    for (const { status, ...rest } of await Promise.allSettled(waiting))
      expect({ status, ...rest }).toEqual({ status: 'rejected', reason })
    free()
    await ledger.reserve(reservation('4'))
    expect(await ledger.find({ id: '1' })).toBeUndefined()
    expect(signed).toBe(0)
  })

  it('M38: does not stop the program, which goes on while the file is locked', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.reserve(reservation('p'), { sign: () => signed })
    const free = lockFile(path)
    let ticks = 0
    const ticking = setInterval(() => ticks++, 5)
    const reserving = ledger.reserve(reservation('q')).catch((error: unknown) => error)
    await ledger.recordEvent('p', { type: 'sent' })
    // Three heartbeats come due meanwhile.
    const [refusal] = await Promise.all([reserving, sleep(6_000)])
    clearInterval(ticking)
    free()
    expect(isBursarError(refusal, 'ledger/unavailable')).toBe(true)
    expect(ticks).toBeGreaterThan(100)
    await ledger.reserve(reservation('r'))
  })
})

it('M38: a ledger that is closed while its file is locked writes what is pending, and does not stop the program', async () => {
  const path = newPath()
  const ledger = openLedger(path)
  await ledger.reserve(reservation('p'), { sign: () => signed })
  const free = lockFile(path)
  for (const type of ['sent', 'settled', 'answered'] as const) await ledger.recordEvent('p', { type })
  // Later than anybody waits for a lock, and by a timer, which a program that is stopped has none of.
  setTimeout(free, 5_300)
  await ledger.close()
  expect(await openLedger(path).find({ id: 'p' })).toMatchObject({ state: 'settled', call: 'answered' })
})

it('a ledger without anything open or unwritten writes nothing by itself', async () => {
  const path = newPath()
  const ledger = sqliteLedger({ path })
  await ledger.reserve(reservation('p'), { sign: () => signed })
  await ledger.recordEvent('p', { type: 'failed' })
  const free = lockFile(path)
  await sleep(2_500)
  expect((await ledger.status()).unwritten).toBe(0)
  free()
  await ledger.close()
})
