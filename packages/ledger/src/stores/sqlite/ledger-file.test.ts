import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ledger } from '@bursar/core'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { reservation, signed, total } from '../../../test/purchases.js'
import { defaultPath, sqliteLedger } from '../../sqlite.js'
import { SCHEMA_VERSION } from './schema.js'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function open(path: string): Ledger {
  const ledger = sqliteLedger({ path })
  onTestFinished(() => ledger.close())
  return ledger
}

describe('the file', () => {
  it('is where the user’s data is, or where BURSAR_HOME says', () => {
    expect(defaultPath({ BURSAR_HOME: '/b', XDG_DATA_HOME: '/x' })).toBe('/b/ledger.db')
    expect(defaultPath({ XDG_DATA_HOME: '/x' })).toBe('/x/bursar/ledger.db')
    for (const [name, path] of [
      ['BURSAR_HOME', 'books'],
      ['BURSAR_HOME', '~/books'],
      ['XDG_DATA_HOME', './data']
    ] as const)
      expect(() => defaultPath({ [name]: path })).toThrow(new RegExp(`^${name} is ".*", a relative path`))
    expect(defaultPath({})).toMatch(/\/\.local\/share\/bursar\/ledger\.db$/)
  })

  it('is for its owner’s eyes only, and so are its folder and its log', async () => {
    const folder = join(newFolder(), 'bursar')
    await open(join(folder, 'ledger.db')).reserve(reservation('1'))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm'])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  })

  it('is no folder, whose mode stays as it is', () => {
    const folder = newFolder()
    chmodSync(folder, 0o755)
    expect(() => open(folder)).toThrow(/its path is a folder/)
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })

  it('holds no byte that pays once the purchase is final', async () => {
    const path = join(newFolder(), 'ledger.db')
    const ledger = open(path)
    for (const id of ['settled', 'dead']) await ledger.reserve(reservation(id), { sign: () => signed })
    await ledger.recordEvent('settled', { ...signed, type: 'reissued' })
    await ledger.recordEvent('settled', { type: 'settled' })
    await ledger.recordEvent('settled', { type: 'answered' })
    await ledger.recordEvent('dead', { type: 'dead' })
    await ledger.close()
    const text = readFileSync(path).toString('latin1')
    expect(text).toContain('a.example')
    expect(text).not.toContain('that-pays')
  })

  it('takes nothing any more once it is closed', async () => {
    const ledger = sqliteLedger({ path: join(newFolder(), 'ledger.db') })
    await ledger.reserve(reservation('1'))
    await ledger.close()
    let asked = 0
    const sign = (): typeof signed => {
      asked++
      return signed
    }
    const closed = { code: 'ledger/unavailable', context: { reason: 'it was closed' } }
    await expect(ledger.reserve(reservation('2'), { sign })).rejects.toMatchObject(closed)
    await expect(ledger.recordEvent('1', signed)).rejects.toMatchObject(closed)
    await expect(ledger.resume({ fingerprint: '1', windowMs: 0 })).rejects.toMatchObject(closed)
    await expect(ledger.outstanding()).rejects.toMatchObject(closed)
    expect(asked).toBe(0)
  })

  it('holds nothing of payments whose transaction it rejected, though they were signed within it', async () => {
    const path = join(newFolder(), 'ledger.db')
    const ledger = open(path)
    await ledger.outstanding()
    const file = new Database(path)
    onTestFinished(() => void file.close())
    // Rejected by the database itself, as on a full disk.
    file.exec("CREATE TRIGGER refuse BEFORE INSERT ON secrets BEGIN SELECT RAISE(ABORT, 'full'); END")
    const both = ['1', '2'].map((id) => ledger.reserve(reservation(id), { sign: () => signed }))
    for (const { status } of await Promise.allSettled(both)) expect(status).toBe('rejected')
    file.exec('DROP TRIGGER refuse')
    expect([await ledger.find({ id: '1' }), await ledger.find({ id: '2' })]).toEqual([undefined, undefined])
    await ledger.reserve(reservation('3', [total(7n)]), { sign: () => signed })
    expect(await ledger.outstanding()).toMatchObject([{ id: '3' }])
  })

  it('keeps everything for the next who opens it', async () => {
    const path = join(newFolder(), 'ledger.db')
    const first = sqliteLedger({ path })
    await first.reserve(reservation('1'))
    const recorded = await first.recordEvent('1', signed)
    await first.close()
    // Who closes has nobody waiting any more.
    const ended = { ...recorded, call: 'failed', endedAtMs: expect.any(Number) }
    expect(await open(path).find({ id: '1' })).toEqual(ended)
  })
})

describe('what cannot be used is ledger/unavailable, and says why:', () => {
  const reasonOf = async (path: string): Promise<unknown> => {
    try {
      await open(path).reserve(reservation('1'))
    } catch (error) {
      expect(error).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
      return (error as { context: { reason: string } }).context.reason
    }
    return undefined
  }

  it('a file that is no ledger', async () => {
    const path = join(newFolder(), 'ledger.db')
    writeFileSync(path, 'x'.repeat(8192))
    expect(await reasonOf(path)).toBe('its file is damaged, or is no ledger')
  })

  it('a file of a later version', async () => {
    const path = join(newFolder(), 'ledger.db')
    const file = new Database(path)
    file.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`)
    file.close()
    expect(await reasonOf(path)).toBe('its file was written by a later version of Bursar')
  })

  it('a folder that cannot be made', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    expect(await reasonOf(join(file, 'bursar', 'ledger.db'))).toBe('its folder cannot be made')
  })

  it('P59: a disk that is full, and then nothing of the payment is there', async () => {
    const folder = newFolder()
    const path = join(folder, 'ledger.db')
    const ledger = open(path)
    await ledger.reserve(reservation('before'))
    // The kernel lets no file grow beyond this, as a full disk does.
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: process.argv[1] })
      const { default: reservation } = await import('data:application/json,' + process.argv[2], { with: { type: 'json' } })
      const offer = { ...reservation.offer, amountAtomic: 7n, cost: 7n }
      try {
        for (let at = 0; ; at++) await ledger.reserve({ ...reservation, id: 'n' + at, offer, path: '/' + 'x'.repeat(4000) })
      } catch (error) { console.log(error.code, error.context.reason) }
      process.exit(0)`
    const json = JSON.stringify({
      ...reservation('x'),
      offer: { ...reservation('x').offer, amountAtomic: 0, cost: 0 }
    })
    const command = `trap '' XFSZ; ulimit -f 1024; exec "$0" --input-type=module -e "$1" "$2" "$3"`
    const said = execFileSync(
      'bash',
      ['-c', command, process.execPath, program, path, encodeURIComponent(json)],
      { cwd: new URL('../../..', import.meta.url), encoding: 'utf8', timeout: 80_000 }
    )
    expect(said).toMatch(/^ledger\/unavailable (?:the disk is full|its disk fails)/)
    expect(await ledger.find({ id: 'before' })).toBeDefined()
  })

  it('a file that another program holds, after the time that a transaction may take', async () => {
    const path = join(newFolder(), 'ledger.db')
    const ledger = open(path)
    await ledger.reserve(reservation('1'))
    const holder = new Database(path)
    holder.exec('BEGIN IMMEDIATE')
    await expect(ledger.reserve(reservation('2'))).rejects.toMatchObject({
      code: 'ledger/unavailable',
      context: { reason: 'another program holds its file locked' }
    })
    holder.exec('ROLLBACK')
    holder.close()
    await ledger.reserve(reservation('2'))
  })

  it('a file that was made read-only', async () => {
    const path = join(newFolder(), 'ledger.db')
    const ledger = sqliteLedger({ path })
    await ledger.close()
    chmodSync(path, 0o400)
    // Anyone who may read everything is not stopped by a mode; the ledger sets it right.
    expect(await reasonOf(path)).toBeUndefined()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})
