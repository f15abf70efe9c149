import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesOf, type Ledger, systemClock } from '@bursar/core'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { reservation, signed, used } from '../../../test/purchases.js'
import { sqliteLedger } from '../../sqlite.js'

function twoLedgers(): { readonly path: string; readonly ours: Ledger; readonly theirs: Ledger } {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  const path = join(folder, 'ledger.db')
  // Ledgers that go by different clocks share no session: each is as in a process of its own.
  const clock = { ...systemClock }
  const ledgers = { path, ours: sqliteLedger({ path }), theirs: sqliteLedger({ path, clock }) }
  onTestFinished(async () => {
    await ledgers.ours.close()
    await ledgers.theirs.close()
    rmSync(folder, { recursive: true })
  })
  return ledgers
}

describe('what the chain can report again', () => {
  it('is seen at once by anyone who asks here, and soon by everybody', async () => {
    const { ours, theirs } = twoLedgers()
    await ours.reserve(reservation('p'))
    await ours.recordEvent('p', signed)
    await ours.recordEvent('p', { type: 'settled', transaction: '0xe' })
    expect(await ours.find({ id: 'p' })).toMatchObject({ state: 'settled', transaction: '0xe' })
    await ours.recordEvent('p', { type: 'answered' })
    await expect.poll(async () => (await theirs.find({ id: 'p' }))?.call).toBe('answered')
    const settled = await theirs.find({ id: 'p' })
    expect(settled).toMatchObject({ state: 'settled' })
    expect(settled && bytesOf(settled)).toBeUndefined()
  })

  it('gives way to what another process has learned from the chain meanwhile', async () => {
    const { ours, theirs } = twoLedgers()
    await ours.reserve(reservation('p'))
    await ours.recordEvent('p', signed)
    await theirs.recordEvent('p', { type: 'dead' })
    await ours.recordEvent('p', { type: 'sent' })
    await ours.recordEvent('p', { type: 'settled' })
    await expect.poll(async () => (await ours.find({ id: 'p' }))?.state).toBe('dead')
    expect(await used(theirs)).toBe(0n)
  })

  it('is kept while the file cannot be written, and written when it can', async () => {
    const { path, ours, theirs } = twoLedgers()
    await ours.reserve(reservation('p'))
    await ours.recordEvent('p', signed)
    const file = new Database(path)
    onTestFinished(() => void file.close())
    // Rejected by the database itself, as on a full disk.
    file.exec("CREATE TRIGGER refuse BEFORE UPDATE ON purchases BEGIN SELECT RAISE(ABORT, 'full'); END")
    await ours.recordEvent('p', { type: 'settled', transaction: '0xe' })
    await ours.recordEvent('p', { type: 'answered' })
    await expect(ours.freeze('test')).rejects.toMatchObject({ code: 'ledger/unavailable' })
    expect(await theirs.find({ id: 'p' })).toMatchObject({ state: 'signed' })
    file.exec('DROP TRIGGER refuse')
    await ours.freeze(undefined)
    expect(await theirs.find({ id: 'p' })).toMatchObject({ state: 'settled', transaction: '0xe' })
  })
})
