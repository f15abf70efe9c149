import { BASE, type Ledger, type Purchase, systemClock } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { testService } from '../test/test-service.js'
import { evidenceOfCredit } from './credit-evidence.js'

const NOW = Date.parse('2026-01-02T00:00:00Z')
const origin = 'https://shop.test'
const labels = { 'top-up': origin, 'top-up-usdc': '1' }

const facts: object = {
  ...{ id: 'paid', kind: 'payment', state: 'settled', payer: '0xa', reservedAtMs: NOW, labels },
  offer: { network: BASE }
}
/** A top-up of 1 USDC whose transaction nobody named. */
const paid = facts as Purchase

/** Whether the credit is shown by one entry of 1 USDC, where the ledger has another top-up. */
async function isShown(other: object, atMs = NOW): Promise<boolean> {
  const ledger: Pick<Ledger, 'history'> = {
    async *history() {
      yield* [paid, { ...paid, id: 'other', ...other } as Purchase]
    }
  }
  const entry = { type: 'top-up', amount: '1', transaction: 'tx', at: new Date(atMs).toISOString() }
  const unused = async () => expect.unreachable('nothing is paid here')
  const evidence = await evidenceOfCredit(
    {
      ...{ service: testService, base: origin, origin, network: BASE, receiptOf: () => undefined },
      shownCredits: new Set(),
      wallet: {
        network: BASE,
        address: async () => '0xa',
        createProof: async () => ({ headerFor: () => ({ name: 'SIGN-IN-WITH-X', value: 'proof' }) })
      },
      plainFetch: async () => Response.json({ movements: [entry] }),
      parts: { ledger: ledger as Ledger, clock: systemClock, pay: unused, resolve: unused }
    },
    paid
  )
  return evidence === 'shown'
}

describe('an entry of the amount of a top-up without a transaction', () => {
  it.each<[what: string, other: object]>([
    ['of another wallet', { payer: '0xb' }],
    ['of another amount', { labels: { ...labels, 'top-up-usdc': '2' } }],
    ['of another balance', { labels: { ...labels, 'top-up': 'https://other.test' } }],
    ['that never settled', { state: 'dead' }],
    ['that was never signed', { state: 'released' }],
    ['whose own entry is another', { transaction: 'another' }]
  ])('is its credit, whatever became of one %s', async (_, other) => {
    expect(await isShown(other)).toBe(true)
  })

  it.each<[what: string, other: object]>([
    ['settled without a transaction too', {}],
    ['can settle still', { state: 'sent' }],
    ['has that entry', { transaction: 'tx' }]
  ])('is no word where another of the same amount %s', async (_, other) => {
    expect(await isShown(other)).toBe(false)
  })

  it('may seem older than the top-up, by the minute that the clock of the service may be behind', async () => {
    const none = { state: 'released' }
    expect([await isShown(none, NOW - 60_000), await isShown(none, NOW - 60_001)]).toEqual([true, false])
  })
})
