import { atomicUsdc, type Clock, type Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { billed, buy, corrected, HOUR_MS, handClock, reservation, signed, total, used } from './samples.js'

/** What every store does with calls that sign nothing. */
export function accountCallsContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('a call that an account is billed for', () => {
    it('holds the most that it can cost, and then counts what it did cost', async () => {
      const ledger = await open()
      expect(await ledger.reserve(billed('1', 10n))).toMatchObject({ state: 'sent', call: 'open' })
      expect(await used(ledger)).toBe(10n)
      const ended = await ledger.recordEvent('1', { type: 'settled', cost: atomicUsdc(3n) })
      expect(ended).toMatchObject({ state: 'settled', offer: { cost: 3n } })
      expect(await used(ledger)).toBe(3n)
      await ledger.reserve(billed('2', 10n))
      await ledger.recordEvent('2', { type: 'settled' })
      expect(await used(ledger)).toBe(13n)
      await expect(ledger.reserve(billed('3', 7n, [total(19n)]))).rejects.toMatchObject({
        code: 'offer/over-limit'
      })
    })

    it('has the first cost that is entered, be it nothing', async () => {
      const ledger = await open()
      await ledger.reserve(billed('1', 10n))
      await ledger.recordEvent('1', { type: 'settled', cost: atomicUsdc(0n) })
      const again = await ledger.recordEvent('1', { type: 'settled', cost: atomicUsdc(9n) })
      expect(again.offer.cost).toBe(0n)
      expect(await used(ledger)).toBe(0n)
    })

    it('counts no more than a ledger can add up, whatever the service says, and holds up no other call', async () => {
      const ledger = await open()
      const most = 10n ** 14n
      await ledger.reserve(billed('1', 10n))
      await ledger.recordEvent('1', { type: 'settled', cost: atomicUsdc(2n ** 200n) })
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await used(ledger)).toBe(most)
      await ledger.recordEvent('1', corrected(2n ** 63n))
      await ledger.reserve(billed('2', 10n))
      expect(await used(ledger)).toBe(most + 10n)
      await ledger.recordEvent('1', corrected(4n))
      expect(await used(ledger)).toBe(14n)
    })

    it('S3: is corrected to what the service says later, once and for all windows', async () => {
      const ledger = await open()
      await ledger.reserve(billed('1', 10n))
      await expect(ledger.recordEvent('1', corrected(4n))).rejects.toMatchObject({ code: 'ledger/conflict' })
      await ledger.recordEvent('1', { type: 'settled' })
      await ledger.reserve(billed('2', 100n))
      await ledger.recordEvent('2', { type: 'settled' })
      for (let times = 0; times < 2; times++) await ledger.recordEvent('1', corrected(4n))
      expect((await ledger.find({ id: '1' }))?.offer.cost).toBe(4n)
      for (const windowMs of [undefined, 60_000, 86_400_000])
        expect(await used(ledger, { windowMs })).toBe(104n)
      await ledger.recordEvent('1', corrected(12n))
      for (const windowMs of [undefined, 60_000]) expect(await used(ledger, { windowMs })).toBe(112n)
      await buy(ledger, reservation('3', 1n), 'sent', 'settled')
      await expect(ledger.recordEvent('3', corrected(0n))).rejects.toMatchObject({ code: 'ledger/conflict' })
    })

    it('S3: is corrected where it was counted, so that no later window counts too little', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      for (const [id, cost] of [
        ['1', 10n],
        ['2', 100n]
      ] as const) {
        clock.set(clock.nowMs() + 2 * HOUR_MS)
        await ledger.reserve(billed(id, cost))
        await ledger.recordEvent(id, { type: 'settled' })
      }
      await ledger.recordEvent('1', corrected(4n))
      expect(await used(ledger, { windowMs: HOUR_MS })).toBe(100n)
      expect(await used(ledger)).toBe(104n)
    })

    it('costs nothing when the service says so, and a payment that is out never does', async () => {
      const ledger = await open()
      await ledger.reserve(billed('1', 10n))
      await ledger.recordEvent('1', { type: 'released' })
      expect(await used(ledger)).toBe(0n)
      await buy(ledger, reservation('2', 1n), 'sent')
      await expect(ledger.recordEvent('2', { type: 'released' })).rejects.toMatchObject({
        code: 'ledger/conflict'
      })
    })

    it('is never signed, and nothing is written of one that somebody would sign', async () => {
      const ledger = await open()
      await expect(ledger.reserve(billed('1', 10n), { sign: () => signed })).rejects.toThrow(TypeError)
      expect(await ledger.find({ id: '1' })).toBeUndefined()
      expect(await used(ledger)).toBe(0n)
    })

    it('shows neither the payee of a host nor what its paths cost', async () => {
      const ledger = await open()
      await ledger.reserve(billed('1', 1n))
      expect(await ledger.lastCost({ origin: 'https://a.example', path: '/' })).toBeUndefined()
      await ledger.reserve(reservation('2', 100n, { pinsPayee: true, maxPriceIncrease: 2 }))
    })
  })
}
