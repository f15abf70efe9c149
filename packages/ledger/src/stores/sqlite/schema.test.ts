import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { reservation, signed } from '../../../test/purchases.js'
import { sqliteLedger } from '../../sqlite.js'
import { connect, type LedgerFile, migrateFile } from './ledger-file.js'
import { migration, SCHEMA_VERSION } from './schema.js'
import { reasonFor } from './sqlite-error.js'

it('a file of an earlier version is brought to a later one with everything in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'ledger.db')
  const ledger = sqliteLedger({ path })
  await ledger.reserve(reservation('1'), { sign: () => signed })
  await ledger.close()
  const file = connect(path)
  onTestFinished(() => void file.close())
  const later = [migration(0), 'ALTER TABLE purchases ADD COLUMN note TEXT;']
  migrateFile(file, { version: SCHEMA_VERSION + 1, from: (version) => migration(version, later) })
  expect(file.prepare('PRAGMA user_version').all()).toEqual([{ user_version: BigInt(SCHEMA_VERSION + 1) }])
  expect(file.prepare('SELECT id, state, note FROM purchases').all()).toEqual([
    { id: '1', state: 'signed', note: null }
  ])
  expect(() => migrateFile(file)).toThrow(/later version/)
})

it('a new file on a full disk says so, though SQLite has rolled back by itself by then', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  const file: LedgerFile = {
    close: () => {},
    prepare: () => ({ all: () => [], run: () => ({ lastInsertRowid: 0 }) }),
    exec(sql) {
      if (sql === 'ROLLBACK') throw new Error('cannot rollback - no transaction is active')
      if (sql === 'COMMIT') throw full
    }
  }
  expect(() => migrateFile(file)).toThrow(full)
  expect(reasonFor(full)).toMatchObject({ context: { reason: 'the disk is full' } })
  const noMemory = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_SHMSIZE' })
  expect(reasonFor(noMemory)).toMatchObject({ context: { reason: 'the disk is full' } })
})
