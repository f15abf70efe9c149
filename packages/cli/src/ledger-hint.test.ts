import { BursarError } from '@bursar/core'
import { parseSetting } from '@bursar/policy'
import { describe, expect, it } from 'vitest'
import { ledgerHint } from './ledger-hint.js'
import { UsageError } from './usage-error.js'

const unavailable = (reason: string) =>
  new BursarError('ledger/unavailable', {
    message: `The ledger cannot be used: ${reason}.`,
    context: { reason },
    moneyState: 'none'
  })

const full = unavailable('the disk is full')

function commandOf(settings: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const flag = { source: 'flag', name: '--set', settings: settings.map(parseSetting) } as const
  return { policyContext: { env: { BURSAR_HOME: '/no/home', ...env }, flagLayers: [flag] } }
}

describe('the hint about a ledger that cannot be used', () => {
  it('P62: is its folder, and what names another', async () => {
    expect(await ledgerHint(full, commandOf())).toBe(
      ' The ledger is in /no/home. BURSAR_HOME names another folder.'
    )
  })

  it('is where the policy puts it, and what says so', async () => {
    expect(await ledgerHint(full, commandOf(['ledger=/data/books.db']))).toBe(
      ' The ledger is /data/books.db, as --set says.'
    )
  })

  it('shows no secret of a database', async () => {
    expect(await ledgerHint(full, commandOf(['ledger=postgres://me:secret@db.example/books?a=b']))).toBe(
      ' The ledger is the database at db.example, as --set says.'
    )
  })

  it('is the verb that a restored record needs', async () => {
    const restored = unavailable('it was restored from a backup; it must be compared with the chain first')
    expect(await ledgerHint(restored, commandOf())).toBe(' bursar reconcile compares it.')
  })

  it('is empty for every other error, and before the options are read', async () => {
    expect(await ledgerHint(new Error('other'), commandOf())).toBe('')
    expect(await ledgerHint(new UsageError('other', { cause: full }), commandOf())).toBe('')
    expect(await ledgerHint(full, {})).toBe('')
  })
})
