import { BursarError, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { AuditedLedger } from '../test/audited-ledger.js'
import { auditOf } from './audit-of.js'

const notCancellable = { code: 'purchase/not-cancellable' }

describe('cancelling', () => {
  it('makes an authorization that is out void, and the purchase dead', async () => {
    const books = new AuditedLedger()
    await books.send('out')
    await books.ledger.recordEvent('out', { type: 'failed' })
    books.status = { status: 'dead' }
    expect(await auditOf(books.bursar).cancel('out')).toMatchObject({
      outcome: 'cancelled',
      transaction: 'tx that cancels',
      purchase: { state: 'dead' }
    })
    expect(books.cancelled).toEqual(['nonce of out'])
    expect(await books.ledger.outstanding()).toEqual([])
  })

  it('that comes too late says that the payment had settled', async () => {
    const books = new AuditedLedger()
    await books.send('late')
    await books.ledger.recordEvent('late', { type: 'failed' })
    books.status = { status: 'settled', transaction: 'tx of late' }
    expect(await auditOf(books.bursar).cancel('late')).toMatchObject({
      outcome: 'settled',
      purchase: { state: 'settled', transaction: 'tx of late' }
    })
  })

  it('M12: dates a payment that had settled by the chain, and not by when that was learned', async () => {
    const books = new AuditedLedger()
    await books.send('old')
    await books.ledger.recordEvent('old', { type: 'failed' })
    const settledAtSeconds = Math.floor(books.clock.nowMs() / 1000) + 60
    books.clock.set(books.clock.nowMs() + 25 * 3_600_000)
    books.status = { status: 'settled', transaction: 'tx of old', settledAtSeconds }
    const { purchase } = await auditOf(books.bursar).cancel('old')
    expect(purchase).toMatchObject({ state: 'settled', settledAtMs: settledAtSeconds * 1000 })
    const day = { name: 'day', limit: 0n as never, windowMs: 86_400_000 }
    expect(await books.ledger.usage([day])).toMatchObject([{ used: 0n }])
  })

  it('of what has settled does nothing', async () => {
    const books = new AuditedLedger()
    await books.settle('done')
    expect(await auditOf(books.bursar).cancel('done')).toMatchObject({ outcome: 'settled' })
    expect(books.cancelled).toEqual([])
  })

  it('that the chain does not show yet leaves the purchase as it is, and says what to do', async () => {
    const books = new AuditedLedger()
    await books.send('slow')
    await books.ledger.recordEvent('slow', { type: 'failed' })
    await expect(auditOf(books.bursar).cancel('slow')).rejects.toMatchObject({
      ...notCancellable,
      moneyState: 'sent'
    })
    expect(await books.ledger.outstanding()).toHaveLength(1)
  })

  it('that the auditor cannot do is an error of the purchase, and not of the reference that the auditor knows', async () => {
    const books = new AuditedLedger()
    await books.send('out')
    await books.ledger.recordEvent('out', { type: 'failed' })
    const cause = new BursarError('purchase/not-cancellable', {
      message: 'There is no gas. It can still settle.',
      context: { purchase: 'nonce of out', reason: 'there is no gas' },
      moneyState: 'sent'
    })
    books.cancellationError = cause
    await expect(auditOf(books.bursar).cancel('out')).rejects.toMatchObject({
      ...notCancellable,
      message: 'Purchase out cannot be cancelled: there is no gas. It can still settle.',
      context: { purchase: 'out', reason: 'there is no gas' },
      moneyState: 'sent',
      cause
    })
  })

  it('is rejected while the call is still going on', async () => {
    const books = new AuditedLedger()
    await books.send('going on')
    await expect(auditOf(books.bursar).cancel('going on')).rejects.toMatchObject(notCancellable)
    expect(books.cancelled).toEqual([])
  })

  it('is rejected where nothing can be cancelled, and for what is not there', async () => {
    const books = new AuditedLedger()
    await books.send('solana', { network: SOLANA_MAINNET })
    await books.ledger.recordEvent('solana', { type: 'failed' })
    await expect(auditOf(books.bursar).cancel('solana')).rejects.toMatchObject({
      ...notCancellable,
      moneyState: 'sent'
    })
    await expect(auditOf(books.bursar).cancel('nobody')).rejects.toMatchObject({
      ...notCancellable,
      moneyState: 'none'
    })
  })
})

describe('verifying', () => {
  it.each([
    ['confirmed', 'confirmed', undefined],
    ['contradicted', 'contradicted', 'the transaction it names does not make this payment'],
    ['unseen', 'contradicted', 'the chain does not know the transaction it names']
  ] as const)('a transaction that the chain has %s is %s', async (finding, outcome, reason) => {
    const books = new AuditedLedger()
    await books.settle('a')
    books.findings.set('tx of a', finding)
    expect(await auditOf(books.bursar).verify('a')).toEqual({
      outcome,
      purchase: expect.objectContaining({ id: 'a' }),
      ...(reason === undefined ? {} : { reason })
    })
  })

  it('P27, P28: gives what can be written as JSON and shows nothing that pays', async () => {
    const books = new AuditedLedger()
    await books.send('a')
    const text = JSON.stringify(await auditOf(books.bursar).verify('a'))
    expect(JSON.parse(text)).toMatchObject({ purchase: { id: 'a', offer: { cost: '10000' } } })
    expect(text).not.toContain('secret')
  })

  it('a purchase whose server named no transaction says so', async () => {
    const books = new AuditedLedger()
    await books.send('a')
    expect(await auditOf(books.bursar).verify('a')).toMatchObject({ reason: 'it names no transaction' })
  })

  it('what the ledger does not have is a TypeError', async () => {
    await expect(auditOf(new AuditedLedger().bursar).verify('nobody')).rejects.toThrow(TypeError)
  })
})
