import { atomicUsdc, type Clock, type Ledger, type PaymentReservation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, HOUR_MS, handClock, reservation, signed, total, used } from './samples.js'

const place = { origin: 'https://a.example', path: '/' }

/** The same, of which the server says afterwards how much it takes. */
function upto(to: PaymentReservation): PaymentReservation {
  const { amountAtomic, cost } = to.offer
  return { ...to, offer: { ...to.offer, upto: { amountAtomic, cost } } }
}

const taken = (amountAtomic: bigint) => ({ type: 'settled', transaction: '0xt', amountAtomic }) as const

/** What every store does with payments of which the server says afterwards how much it takes. */
export function chargesContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('X84 to X87: a payment of up to an amount', () => {
    it('holds the most, and then counts what was taken; the rest is free again', async () => {
      const ledger = await open()
      await buy(ledger, upto(reservation('1', 500n)), 'sent')
      expect(await used(ledger)).toBe(500n)
      await expect(ledger.reserve(reservation('2', 1n, { budgets: [total(500n)] }))).rejects.toMatchObject({
        code: 'offer/over-limit'
      })
      const settled = await ledger.recordEvent('1', taken(18n))
      const offer = { amountAtomic: 18n, cost: 18n, upto: { amountAtomic: 500n, cost: 500n, isTaken: true } }
      expect(settled).toMatchObject({ state: 'settled', transaction: '0xt', offer })
      expect((await ledger.find({ id: '1' }))?.offer).toMatchObject(offer)
      expect(await used(ledger)).toBe(18n)
      expect(await used(ledger, { windowMs: HOUR_MS })).toBe(18n)
      await ledger.reserve(reservation('2', 482n, { budgets: [total(500n)] }))
    })

    it('counts the most while what was taken is not known, and gives the rest back once it is', async () => {
      const ledger = await open()
      await buy(ledger, upto(reservation('1', 500n)), 'sent', 'settled', 'answered')
      expect(await used(ledger)).toBe(500n)
      for (const amount of [18n, 400n]) await ledger.recordEvent('1', taken(amount))
      expect((await ledger.find({ id: '1' }))?.offer).toMatchObject({ amountAtomic: 18n, cost: 18n })
      for (const windowMs of [undefined, HOUR_MS]) expect(await used(ledger, { windowMs })).toBe(18n)
    })

    it('is never settled at nothing, nor above what was signed for', async () => {
      const ledger = await open()
      for (const [id, amount] of [
        ['1', 0n],
        ['2', 501n],
        ['3', -1n]
      ] as const) {
        await buy(ledger, upto(reservation(id, 500n)), 'sent')
        await ledger.recordEvent(id, taken(amount))
      }
      expect(await used(ledger)).toBe(1_500n)
    })

    it('rounds up what a share costs', async () => {
      const ledger = await open()
      const { offer, ...rest } = reservation('1', 3n)
      const most = { amountAtomic: 10n ** 13n, cost: atomicUsdc(10n) }
      await buy(ledger, { ...rest, offer: { ...offer, ...most, upto: most } }, 'sent')
      await ledger.recordEvent('1', taken(10n ** 12n + 1n))
      expect(await used(ledger)).toBe(2n)
    })

    it('held at the most until it is proven dead, where nothing was taken', async () => {
      const ledger = await open(handClock())
      await buy(ledger, upto(reservation('1', 500n)), 'sent', 'answered')
      expect(await used(ledger)).toBe(500n)
      await ledger.recordEvent('1', { type: 'dead', reference: signed.payment.reference })
      expect(await used(ledger)).toBe(0n)
    })

    it('has the most as its price, and a payment of an exact amount is what was signed', async () => {
      const ledger = await open()
      await buy(ledger, upto(reservation('1', 500n)), 'sent')
      await ledger.recordEvent('1', taken(18n))
      expect(await ledger.lastCost(place)).toBe(500n)
      await ledger.reserve(reservation('2', 1_000n, { maxPriceIncrease: 2 }))
      await buy(ledger, reservation('3', 7n), 'sent')
      expect((await ledger.recordEvent('3', taken(1n))).offer).toMatchObject({ amountAtomic: 7n, cost: 7n })
    })
  })
}
