import type { PrepaidAccount, Purchase } from '@bursar/core'
import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { AuditedLedger } from '../test/audited-ledger.js'
import { auditOf } from './audit-of.js'

const MINUTE_MS = 60_000
/** Whose payments the ledger has, in the letter case of another program. */
const PAYER = `0x${'C'.repeat(40)}`
const kindsOf = (found: { readonly discrepancies: readonly { readonly kind: string }[] }): string[] =>
  found.discrepancies.map(({ kind }) => kind)

describe('reconciling', () => {
  it('finds nothing where the chain has each payment', async () => {
    const books = new AuditedLedger()
    for (const id of ['a', 'b']) {
      await books.settle(id)
      books.mine(id, books.clock.nowMs())
    }
    expect(await auditOf(books.bursar).reconcile()).toMatchObject({
      settled: 2,
      debits: 2,
      learned: [],
      discrepancies: []
    })
  })

  it('records a payment as settled that was open in the ledger and that the chain has settled', async () => {
    const books = new AuditedLedger()
    await books.send('lost')
    await books.ledger.recordEvent('lost', { type: 'failed' })
    books.mine('lost', books.clock.nowMs())
    const { learned, discrepancies } = await auditOf(books.bursar).reconcile()
    expect(learned).toMatchObject([{ id: 'lost', state: 'settled' }])
    expect(discrepancies).toMatchObject([{ kind: 'undelivered', purchase: { id: 'lost' } }])
    expect(await books.ledger.find({ id: 'lost' })).toMatchObject({ state: 'settled' })
  })

  it('reports a payment that the server says it took and the chain does not have', async () => {
    const books = new AuditedLedger()
    await books.settle('claimed')
    expect(kindsOf(await auditOf(books.bursar).reconcile())).toEqual(['not-on-chain'])
  })

  it.each([
    ['another amount', { amountAtomic: 11_000n }],
    ['another payee', { payTo: '0xdddddddddddddddddddddddddddddddddddddddd' }]
  ])('reports %s on the chain than in the ledger', async (_, more) => {
    const books = new AuditedLedger()
    await books.settle('other')
    books.mine('other', books.clock.nowMs(), more)
    expect(kindsOf(await auditOf(books.bursar).reconcile())).toEqual(['differs'])
  })

  it('takes an address in another letter case for the same', async () => {
    const books = new AuditedLedger()
    await books.settle('same')
    books.mine('same', books.clock.nowMs(), { payTo: `0x${'B'.repeat(40)}` })
    expect(kindsOf(await auditOf(books.bursar).reconcile())).toEqual([])
  })

  it('finds a payment without an authorization on the chain by its transaction', async () => {
    const books = new AuditedLedger()
    await books.settle('permit')
    const { debits } = books
    books.mine('permit', books.clock.nowMs())
    const [{ reference: _, ...debit } = { reference: '' }] = debits.splice(0)
    debits.push(debit as (typeof debits)[number])
    expect(kindsOf(await auditOf(books.bursar).reconcile())).toEqual([])
  })

  it('looks at the networks that it is asked for, and at no other', async () => {
    const books = new AuditedLedger()
    await books.settle('a')
    const found = await auditOf(books.bursar).reconcile({ networks: [SOLANA_MAINNET] })
    expect(found).toMatchObject({ settled: 0, debits: 0, discrepancies: [] })
  })
})

describe('M13: at its cut', () => {
  const cut = Date.UTC(2026, 10, 21, 10)

  it.each([
    ['mined a second before, and noted a second after', -1000, 1000],
    ['mined a second after, and noted a second before', 1000, -1000],
    ['mined a second before, by a local clock 20 minutes ahead', -1000, 20 * MINUTE_MS],
    ['mined a second after, by a local clock 20 minutes behind', 1000, -20 * MINUTE_MS]
  ])('a payment that was %s is no discrepancy', async (_, minedMs, notedMs) => {
    const books = new AuditedLedger()
    books.clock.set(cut + notedMs)
    await books.settle('a')
    books.clock.set(cut + 60 * MINUTE_MS)
    books.mine('a', cut + minedMs)
    expect(kindsOf(await auditOf(books.bursar).reconcile({ fromMs: cut }))).toEqual([])
  })

  it('a payment whose clocks lie further apart than that is looked up by its transaction', async () => {
    const books = new AuditedLedger()
    books.clock.set(cut + MINUTE_MS)
    await books.settle('a')
    books.mine('a', cut - 300 * MINUTE_MS)
    books.findings.set('tx of a', 'confirmed')
    expect(kindsOf(await auditOf(books.bursar).reconcile({ fromMs: cut }))).toEqual([])
  })
})

describe('M31: a transfer that no purchase accounts for', () => {
  it('is reported once, and from then on counts in budgets and is in the history', async () => {
    const books = new AuditedLedger()
    books.mine('from before the backup', books.clock.nowMs() - MINUTE_MS)
    const audit = auditOf(books.bursar)
    const { discrepancies } = await audit.reconcile()
    expect(discrepancies).toMatchObject([{ kind: 'debited-unknown', debit: { amountAtomic: 10_000n } }])
    expect(await books.history()).toMatchObject([{ kind: 'debit', state: 'settled' }])
    const budget = { name: 'day', limit: 0n as never, windowMs: 86_400_000 }
    expect(await books.ledger.usage([budget])).toMatchObject([{ used: 10_000n }])
    expect(await audit.reconcile()).toMatchObject({ discrepancies: [], learned: [] })
    expect(await books.history()).toHaveLength(1)
  })

  it('P93: is no difference to another account of the ledger, such as the wallet after the one that moved its money', async () => {
    const books = new AuditedLedger()
    books.mine('moved away', books.clock.nowMs())
    await auditOf(books.bursar).reconcile()
    books.debits.splice(0)
    expect(await auditOf(books.bursar).reconcile()).toMatchObject({ debits: 0, discrepancies: [] })
  })

  it('is reported as well where it used no authorization', async () => {
    const books = new AuditedLedger()
    books.mine('by hand', books.clock.nowMs())
    const [{ reference: _, ...debit } = { reference: '' }] = books.debits.splice(0)
    books.debits.push(debit as (typeof books.debits)[number])
    const audit = auditOf(books.bursar)
    expect(kindsOf(await audit.reconcile())).toEqual(['debited-unknown'])
    expect(kindsOf(await audit.reconcile())).toEqual([])
  })
})

describe('M33: prepaid balances', () => {
  const account = (address: string, movements: readonly string[] = []): { balance: PrepaidAccount } => ({
    balance: {
      service: 'katana',
      origin: 'https://a.example',
      network: BASE,
      address: async () => address,
      balance: () => Promise.reject(new TypeError('Not asked')),
      isTopUp: () => true,
      async *transactions() {
        yield* movements
      },
      isCreditOf: (movement: unknown, paid: Purchase) => movement === `credit of ${paid.id}`
    }
  })

  it('that are given twice are asked once: a missing credit is reported once', async () => {
    const books = new AuditedLedger()
    await books.settle('top-up')
    books.mine('top-up', books.clock.nowMs())
    const prepaid = [account(PAYER), account(PAYER)]
    expect(kindsOf(await auditOf(books.bursar, { prepaid }).reconcile())).toEqual(['credit-missing'])
  })

  it('M14: are asked for the credits of their own wallet alone, where several wallets share a ledger', async () => {
    const books = new AuditedLedger()
    await books.settle('top-up')
    books.mine('top-up', books.clock.nowMs())
    const other = account(`0x${'a'.repeat(40)}`)
    expect(kindsOf(await auditOf(books.bursar, { prepaid: [other] }).reconcile())).toEqual([])
  })

  it('that list the credit of each top-up are in order, and one credit accounts for one top-up', async () => {
    const books = new AuditedLedger()
    for (const id of ['one', 'two']) {
      await books.settle(id)
      books.mine(id, books.clock.nowMs())
    }
    const listing = (...movements: string[]) => ({ prepaid: [account(PAYER, movements)] })
    const both = auditOf(books.bursar, listing('credit of one', 'credit of two'))
    expect(kindsOf(await both.reconcile())).toEqual([])
    const one = auditOf(books.bursar, listing('credit of one', 'credit of one'))
    expect((await one.reconcile()).discrepancies).toMatchObject([{ purchase: { id: 'two' } }])
  })
})

it('P25: an audit says which of its options it does not know', async () => {
  const { bursar } = new AuditedLedger()
  expect(() => auditOf(bursar, { prepayed: [] } as never)).toThrow('did you mean prepaid?')
  await expect(auditOf(bursar).reconcile({ from: 1 } as never)).rejects.toThrow('did you mean fromMs?')
  await expect(auditOf(bursar).reconcile({ networks: ['base' as never] })).rejects.toThrow('eip155:8453')
})
