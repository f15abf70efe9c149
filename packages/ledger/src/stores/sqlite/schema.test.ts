import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { reservation, signed } from '../../../test/purchases.js'
import { sqliteLedger } from '../../sqlite.js'
import { connect, migrateFile } from './ledger-file.js'
import { migration, SCHEMA_VERSION } from './schema.js'

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
