import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { sqliteLedger } from '../../../sqlite.js'
import { copyForReading } from './copy-for-reading.js'

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-copy-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const to = join(folder, 'copy')
  mkdirSync(to, { mode: 0o700 })
  return { path: join(folder, 'ledger.db'), folder: to }
}

it('has what was written last, which is in the log alone, and leaves the ledger as it is', async () => {
  const { path, folder } = newFolder()
  const own = sqliteLedger({ path })
  onTestFinished(() => own.close())
  await own.freeze('the key may be known')
  const copy = sqliteLedger({ path: copyForReading({ path, folder }) })
  expect((await copy.status()).frozen).toMatchObject({ reason: 'the key may be known' })
  await copy.freeze(undefined)
  await copy.close()
  expect((await own.status()).frozen).toMatchObject({ reason: 'the key may be known' })
})

it('is of a ledger that is there', () => {
  const { path, folder } = newFolder()
  expect(() => copyForReading({ path, folder })).toThrow(/cannot be used: there is no/)
  expect(readdirSync(folder)).toEqual([])
})
