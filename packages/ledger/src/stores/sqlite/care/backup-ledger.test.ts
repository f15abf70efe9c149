import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { startChild } from '../../../../test/child.js'
import { clockAhead, newPath, openLedger } from '../../../../test/ledger-files.js'
import { reservation, signed, total, used } from '../../../../test/purchases.js'
import { backupLedger, checkLedger, sqliteLedger } from '../../../sqlite.js'

/** Puts a copy in the place of a ledger that nobody has open, as an operator does. */
function restore(copy: string, path: string): void {
  for (const beside of [`${path}-wal`, `${path}-shm`]) rmSync(beside, { force: true })
  copyFileSync(copy, path)
}

const debit = (reference: string, amountAtomic: bigint) => ({
  network: 'eip155:8453' as const,
  asset: '0xa',
  transaction: `0x${reference}`,
  reference,
  payTo: '0xb',
  amountAtomic,
  atMs: Date.now()
})

describe('a backup', () => {
  it('has everything that was written before it, while others write, and sums that agree', async () => {
    const path = newPath()
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: place })
      for (let at = 0; ; at++) {
        const id = name + '-' + at
        await ledger.reserve(reservation(id, { budgets: [] }), { sign: () => signed })
        if (at % 3 === 0) for (const type of ['settled', 'answered']) await ledger.recordEvent(id, { type })
        say(id)
      }`
    const writers = ['a', 'b', 'c'].map((name) => startChild(program, path, name))
    for (const writer of writers) await writer.says(30)
    for (const round of [1, 2, 3]) {
      const reported = writers.flatMap((writer) => writer.said())
      const copy = await backupLedger({ path, to: `${path}.${round}` })
      expect(checkLedger({ path: copy }).problems).toEqual([])
      const ids = new Set<string>()
      const ledger = openLedger(copy)
      for await (const { id } of ledger.history()) ids.add(id)
      expect(reported.filter((id) => !ids.has(id))).toEqual([])
    }
    for (const writer of writers) await writer.kill()
  })

  it('is for its owner’s eyes, is never written over another file, and leaves nothing behind when it fails', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.reserve(reservation('1'), { sign: () => signed })
    const copy = await backupLedger({ path, to: `${path}.copy` })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    await expect(backupLedger({ path, to: copy })).rejects.toMatchObject({ code: 'ledger/unavailable' })
    await expect(backupLedger({ path, to: '/proc/no/such/folder' })).rejects.toMatchObject({
      code: 'ledger/unavailable'
    })
    await expect(backupLedger({ path: `${path}.none`, to: `${path}.x` })).rejects.toThrow(/there is no/)
    expect(existsSync(`${path}.none`)).toBe(false)
    writeFileSync(`${path}.damaged`, 'no ledger at all')
    await expect(backupLedger({ path: `${path}.damaged`, to: `${path}.y` })).rejects.toMatchObject({
      code: 'ledger/unavailable'
    })
    const others = readdirSync(dirname(path)).filter((name) => /\.part|\.[xy]$/.test(name))
    expect(others).toEqual([])
    // The ledger itself pays on.
    await ledger.reserve(reservation('2'), { sign: () => signed })
  })
})

describe('a ledger that was restored from a backup', () => {
  it.each([
    ['in its old place', (path: string) => path],
    ['where no ledger ever was', (path: string) => `${path}.elsewhere`]
  ])('pays nothing until it was compared with the chain, %s', async (_, placeOf) => {
    const path = newPath()
    const first = sqliteLedger({ path })
    await first.reserve(reservation('1', [total(35n)]), { sign: () => signed })
    const copy = await backupLedger({ path, to: `${path}.copy`, clock: { nowMs: () => 0 } })
    for (const id of ['2', '3', '4', '5'])
      await first.reserve(reservation(id, [total(35n)]), { sign: () => signed })
    await first.close()
    const place = placeOf(path)
    restore(copy, place)
    const ledger = openLedger(place)
    const { restored } = await ledger.status()
    expect(restored?.reason).toMatch(
      /from a backup of 1970-01-01T00:00:00.000Z; it must be compared with the chain/
    )
    let asked = 0
    const sign = () => {
      asked++
      return signed
    }
    await expect(ledger.reserve(reservation('6', [total(35n)]), { sign })).rejects.toMatchObject({
      code: 'ledger/unavailable',
      moneyState: 'none'
    })
    // Opened again, by another process too, it knows it still.
    expect((await openLedger(place, clockAhead()).status()).restored).toBeDefined()
    for (const reference of ['2', '3', '4', '5']) await ledger.recordDebit(debit(reference, 7n))
    await ledger.markReconciled()
    expect(await used(ledger)).toBe(35n)
    await expect(ledger.reserve(reservation('6', [total(35n)]), { sign })).rejects.toMatchObject({
      code: 'offer/over-limit'
    })
    expect(asked).toBe(0)
    expect((await openLedger(place, clockAhead()).status()).restored).toBeUndefined()
  })

  it('is not opened when its copy was damaged or cut, and stays as it is', async () => {
    const path = newPath()
    const first = sqliteLedger({ path })
    for (let at = 0; at < 200; at++) await first.reserve(reservation(`${at}`), { sign: () => signed })
    const copy = await backupLedger({ path, to: `${path}.copy` })
    const whole = readFileSync(copy)
    // SQLite itself reads the pages of a cut file when it opens it, and others when a statement needs them.
    const damage: Readonly<Record<string, readonly [bytes: Uint8Array, reason: RegExp]>> = {
      cut: [whole.subarray(0, whole.length / 2), /^its file is damaged$/],
      'a page of nothing': [
        Buffer.concat([whole.subarray(0, -8192), Buffer.alloc(4096), whole.subarray(-4096)]),
        /^its file is a copy that is damaged, and needs another in its place: [^\n]+$/
      ]
    }
    for (const [name, [bytes, reason]] of Object.entries(damage)) {
      const place = newPath()
      writeFileSync(place, bytes)
      const opening = (async () => sqliteLedger({ path: place }))()
      await expect(opening, name).rejects.toMatchObject({
        code: 'ledger/unavailable',
        moneyState: 'none',
        context: { reason: expect.stringMatching(reason) }
      })
      expect(readFileSync(place).equals(bytes), name).toBe(true)
    }
    const place = newPath()
    writeFileSync(place, whole)
    expect((await openLedger(place).status()).restored).toBeDefined()
  })

  it('is none when the ledger itself is only opened again', async () => {
    const path = newPath()
    const first = sqliteLedger({ path })
    await first.reserve(reservation('1'), { sign: () => signed })
    await backupLedger({ path, to: `${path}.copy` })
    await first.close()
    expect((await openLedger(path).status()).restored).toBeUndefined()
  })
})

describe('a check of the file', () => {
  it('finds nothing in one that is well, and names what does not agree', async () => {
    const path = newPath()
    const ledger = sqliteLedger({ path })
    for (const id of ['1', '2']) await ledger.reserve(reservation(id), { sign: () => signed })
    await ledger.recordEvent('1', { type: 'settled' })
    await ledger.close()
    expect(checkLedger({ path })).toEqual({ purchases: 2, problems: [] })
    const changes: [sql: string, problem: RegExp][] = [
      ["UPDATE sums SET held = 0 WHERE scope = 'all'", /^all: 0 is held, and its purchases hold 7$/],
      ["UPDATE sums SET settled = 1 WHERE scope = 'all'", /^all: 1 was spent, and its purchases spent 7$/],
      ["DELETE FROM sums WHERE scope = 'host a.example'", /^host a\.example: 0 is held/],
      [
        "UPDATE purchases SET state = 'released' WHERE id = '2'",
        /^purchase 2: its columns and its facts differ$/
      ],
      ['DELETE FROM secrets WHERE seq = 2', /^purchase 2: its signed bytes are missing$/]
    ]
    for (const [index, [sql, problem]] of changes.entries()) {
      const copy = await backupLedger({ path, to: `${path}.${index}` })
      const file = new Database(copy)
      file.exec(sql)
      file.close()
      const { problems } = checkLedger({ path: copy })
      expect(
        problems.some((text) => problem.test(text)),
        problems.join('; ')
      ).toBe(true)
    }
  })

  it('says so where there is no ledger, or none of this version', () => {
    const path = newPath()
    expect(() => checkLedger({ path })).toThrow(/there is no/)
    new Database(path).exec('CREATE TABLE purchases (seq INTEGER)')
    expect(() => checkLedger({ path })).toThrow(/not those of this version/)
  })
})
