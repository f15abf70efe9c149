import type { Ledger, PaymentReservation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, countingSigner, reservation, total, used } from './samples.js'

/** The same on a network whose money is worth nothing. */
function onTest(to: PaymentReservation): PaymentReservation {
  return { ...to, offer: { ...to.offer, network: 'eip155:84532', isTest: true } }
}

/** The same in euros, of which one counts as 1.10 dollars. */
function inEuros(to: PaymentReservation, amountAtomic: bigint): PaymentReservation {
  const token = { symbol: 'EURC', decimals: 6, rate: '1.10' }
  return { ...to, offer: { ...to.offer, amountAtomic, token } }
}

/** How every store counts what is no dollar: test money by itself, other tokens by their rate. */
export function otherMoneyContract(open: () => Promise<Ledger>): void {
  describe('money of test networks', () => {
    it('X132: is in no sum of other money, and has the same limits by itself', async () => {
      const ledger = await open()
      const guards = { budgets: [total(10n), total(10n, { name: 'host', host: 'a.example' })] }
      await buy(ledger, onTest(reservation('1', 9n, guards)), 'settled')
      expect(await used(ledger)).toBe(0n)
      expect(await used(ledger, { host: 'a.example' })).toBe(0n)
      expect(await used(ledger, { isTest: true })).toBe(9n)
      await ledger.reserve(reservation('2', 10n, guards))
      const { sign, calls } = countingSigner()
      const test = ledger.reserve(onTest(reservation('3', 2n, guards)), { sign })
      await expect(test).rejects.toMatchObject({
        code: 'offer/over-limit',
        message: expect.stringContaining('Paying 0.000002 USDC (test money) would pass')
      })
      expect(calls()).toBe(0)
      await ledger.reserve(onTest(reservation('4', 1n, guards)))
      expect(await used(ledger, { isTest: true })).toBe(10n)
      expect(await used(ledger)).toBe(10n)
    })

    it('X132: is counted by itself for calls with a label, and for those without', async () => {
      const ledger = await open()
      const labels = { agent: 'a' }
      const labelled = { label: { name: 'agent', value: 'a' } }
      const unlabelled = { label: { name: 'agent', value: '' } }
      await ledger.reserve({ ...onTest(reservation('1', 4n)), labels })
      await ledger.reserve(onTest(reservation('2', 2n)))
      await ledger.reserve({ ...reservation('3', 1n), labels })
      expect(await used(ledger, labelled)).toBe(1n)
      expect(await used(ledger, unlabelled)).toBe(0n)
      expect(await used(ledger, { ...labelled, isTest: true })).toBe(4n)
      expect(await used(ledger, { ...unlabelled, isTest: true })).toBe(2n)
    })

    it('X132: gives back what is released by itself', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 3n))
      await ledger.reserve(onTest(reservation('2', 3n)))
      await ledger.recordEvent('2', { type: 'released' })
      expect(await used(ledger, { isTest: true })).toBe(0n)
      expect(await used(ledger)).toBe(3n)
    })

    it('X132: shows no price of other money', async () => {
      const ledger = await open()
      const place = { origin: 'https://a.example', path: '/' }
      const watches = { maxPriceIncrease: 2 }
      await ledger.reserve(onTest(reservation('1', 1n)))
      await ledger.reserve(reservation('2', 100n, watches))
      await ledger.reserve(onTest(reservation('3', 2n, watches)))
      expect(await ledger.lastCost(place)).toBe(100n)
      expect(await ledger.lastCost({ ...place, isTest: true })).toBe(2n)
    })
  })

  describe('a token that is no dollar', () => {
    it('X135: keeps its own amount, its symbol and the rate that was used, and counts by its cost', async () => {
      const ledger = await open()
      await ledger.reserve(inEuros(reservation('1', 1_100_000n), 1_000_000n))
      expect(await used(ledger)).toBe(1_100_000n)
      const kept = await ledger.find({ id: '1' })
      expect(kept?.offer).toMatchObject({
        amountAtomic: 1_000_000n,
        cost: 1_100_000n,
        token: { symbol: 'EURC', decimals: 6, rate: '1.10' }
      })
    })

    it('X135: is named by its symbol and its own amount where it is refused', async () => {
      const ledger = await open()
      const euros = inEuros(reservation('1', 1_100_000n, { budgets: [total(1_000_000n)] }), 1_000_000n)
      await expect(ledger.reserve(euros)).rejects.toMatchObject({
        code: 'offer/over-limit',
        message: expect.stringContaining('Paying 1 EURC would pass the limit "total"')
      })
      await ledger.reserve(reservation('2', 10n))
      const dearer = inEuros(reservation('3', 110n, { maxPriceIncrease: 2 }), 100n)
      await expect(ledger.reserve(dearer)).rejects.toMatchObject({
        message: expect.stringContaining('asks 0.0001 EURC')
      })
    })
  })
}
