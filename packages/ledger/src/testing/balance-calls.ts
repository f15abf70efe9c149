import { atomicUsdc, type Budget, type Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, fromBalance, reservation, total, used } from './samples.js'

const a1 = { agent: 'a1' }
const ofAgent = (value: string): Partial<Budget> => ({ label: { name: 'agent', value } })

/** What every store does with calls that a prepaid balance pays for. */
export function balanceCallsContract(open: () => Promise<Ledger>): void {
  describe('a call that a prepaid balance pays for', () => {
    it('M18, P49: is a purchase of its own kind, with its cost, tokens and labels', async () => {
      const ledger = await open()
      await ledger.reserve(fromBalance('1', 52n, { ...a1, model: 'm' }))
      await ledger.recordEvent('1', {
        type: 'settled',
        cost: atomicUsdc(3n),
        tokens: { input: 7, output: 2 }
      })
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await ledger.find({ id: '1' })).toMatchObject({
        kind: 'balance',
        state: 'settled',
        call: 'answered',
        labels: { agent: 'a1', model: 'm' },
        tokens: { input: 7, output: 2 },
        offer: { network: 'balance:eip155:8453', cost: 3n }
      })
    })

    it('M18, P49: counts with its labels, and not where its top-up has counted', async () => {
      const ledger = await open()
      const topUp = { ...reservation('top-up', 100n), labels: { 'top-up': 'https://a.example' } }
      await buy(ledger, topUp, 'sent', 'settled')
      await buy(ledger, reservation('direct', 40n), 'sent', 'settled')
      await ledger.reserve(fromBalance('1', 10n, a1))
      await ledger.recordEvent('1', { type: 'settled', cost: atomicUsdc(3n) })
      await ledger.reserve(fromBalance('2', 5n))
      expect(await used(ledger, ofAgent('a1'))).toBe(3n)
      expect(await used(ledger, { ...ofAgent('a1'), windowMs: 60_000 })).toBe(3n)
      expect(await used(ledger, ofAgent('a2'))).toBe(0n)
      for (const scope of [{}, { host: 'a.example' }]) expect(await used(ledger, scope)).toBe(140n)
      // What says nothing of an agent: the direct payment, and the call from the balance. Not the top-up.
      expect(await used(ledger, ofAgent(''))).toBe(45n)
    })

    it('is held to the budgets of its labels at the most that it can cost, and given back what it did not', async () => {
      const ledger = await open()
      const budget = [total(12n, ofAgent('a1'))]
      await ledger.reserve(fromBalance('1', 10n, a1, budget))
      await expect(ledger.reserve(fromBalance('2', 3n, a1, budget))).rejects.toMatchObject({
        code: 'offer/over-limit'
      })
      await ledger.recordEvent('1', { type: 'released' })
      await ledger.reserve(fromBalance('2', 3n, a1, budget))
      expect(await used(ledger, ofAgent('a1'))).toBe(3n)
    })
  })
}
