import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startChild } from '../../../test/child.js'
import { sqliteLedger } from '../../sqlite.js'
import { ledgerContract } from '../../testing.js'

ledgerContract('sqliteLedger', (clock) => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return sqliteLedger({ path: join(folder, 'ledger.db'), clock })
})

it.each(['ledger.db', ':memory:', 'file:ledger.db?mode=memory'])(
  'keeps one record in the file that %s is where it was opened, wherever the program goes then',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const program = `
    import { sqliteLedger } from '@bursar/ledger/sqlite'
    process.chdir(place)
    for (const id of ['1', '2', '3']) {
      const ledger = sqliteLedger({ path: name })
      process.chdir('/')
      const guards = { budgets: [{ name: 'total', limit: 14n }] }
      const paid = await ledger.reserve(reservation(id, guards), { sign: () => signed }).catch(({ code }) => ({ state: code }))
      await ledger.close()
      process.chdir(place)
      say(paid.state)
    }`
    const child = startChild(program, folder, name)
    await child.gone
    expect(child.said()).toEqual(['signed', 'signed', 'offer/over-limit'])
  }
)
