import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { AuditedLedger } from '../test/audited-ledger.js'
import { auditOf } from './audit-of.js'

const MINUTE_MS = 60_000

describe('M31: a ledger that was restored', () => {
  it('stays so until every network of the accounts was looked at', async () => {
    const books = new AuditedLedger()
    books.isRestored = true
    const audit = auditOf(books.bursar)
    await audit.reconcile({ networks: [] })
    await audit.reconcile({ networks: [SOLANA_MAINNET] })
    expect(books.isRestored).toBe(true)
    await audit.reconcile({ networks: [SOLANA_MAINNET, BASE] })
    expect(books.isRestored).toBe(false)
  })

  it('stays so as well until every other network was looked at where its accounts paid lately', async () => {
    const books = new AuditedLedger()
    await books.send('elsewhere', { network: SOLANA_MAINNET })
    books.isRestored = true
    const audit = auditOf(books.bursar)
    await audit.reconcile()
    expect(books.isRestored).toBe(true)
    await audit.reconcile({ networks: [SOLANA_MAINNET, BASE] })
    expect(books.isRestored).toBe(false)
  })

  it('is looked at from its newest purchase on also after a look at one network has entered later transfers', async () => {
    const books = new AuditedLedger()
    await books.send('elsewhere', { network: SOLANA_MAINNET })
    const sentAtMs = books.clock.nowMs()
    await books.clock.sleep(3 * 24 * 60 * MINUTE_MS)
    books.mine('lost', books.clock.nowMs() - MINUTE_MS)
    books.isRestored = true
    const audit = auditOf(books.bursar)
    expect((await audit.reconcile()).discrepancies).toMatchObject([{ kind: 'debited-unknown' }])
    expect((await audit.reconcile({ networks: [SOLANA_MAINNET, BASE] })).fromMs).toBeLessThan(sentAtMs)
    expect(books.isRestored).toBe(false)
  })

  it.each([
    ['stays so where a bursar without accounts cannot tell whose payments are missing', true],
    ['is whole at once where only keys of services were ever charged', false]
  ])('%s', async (_, hasPaid) => {
    const books = new AuditedLedger()
    if (hasPaid) await books.settle('paid')
    else await books.charge('charged')
    books.networks = []
    books.isRestored = true
    await auditOf(books.bursar).reconcile()
    expect(books.isRestored).toBe(hasPaid)
  })

  it('waits for no network where nothing was paid for a month', async () => {
    const books = new AuditedLedger()
    await books.send('elsewhere', { network: SOLANA_MAINNET })
    await books.clock.sleep(32 * 24 * 60 * MINUTE_MS)
    await books.settle('here')
    books.isRestored = true
    await auditOf(books.bursar).reconcile()
    expect(books.isRestored).toBe(false)
  })
})
