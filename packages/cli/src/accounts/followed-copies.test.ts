import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { expect, it, onTestFinished, vi } from 'vitest'
import { fillLedger } from '../../test/filled-ledger.js'
import { followedCopies } from './followed-copies.js'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-followed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

it('a record that cannot be written is read as it is now, and no copy stays', async () => {
  const home = newFolder()
  const temporary = newFolder()
  vi.stubEnv('TMPDIR', temporary)
  onTestFinished(() => void vi.unstubAllEnvs())
  const copies = followedCopies(join(home, 'ledger.db'))
  const count = async () => {
    let counted = 0
    for await (const _ of copies.history()) counted++
    return counted
  }
  // There is no file yet.
  expect(await count()).toBe(0)
  await fillLedger(home)
  const bought = await count()
  expect(bought).toBeGreaterThan(2)
  const writer = sqliteLedger({ path: join(home, 'ledger.db') })
  onTestFinished(() => writer.close())
  await writer.freeze('lost a key')
  const [status, outstanding, again] = await Promise.all([copies.status(), copies.outstanding(), count()])
  expect(status.frozen).toMatchObject({ reason: 'lost a key' })
  expect([outstanding.length > 0, again]).toEqual([true, bought])
  expect(readdirSync(temporary)).toHaveLength(1)
  // Who reads the first alone keeps nobody waiting.
  for await (const { id } of copies.history()) {
    expect(id).not.toBe('')
    break
  }
  expect(await copies.find({ id: 'none' })).toBeUndefined()
  await copies.close()
  expect(readdirSync(temporary)).toEqual([])
})
