import type { Clock, Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, handClock, reservation, signed, total } from './samples.js'

/** How every store holds budgets. */
export function budgetsContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('budgets', () => {
    it('take what is reserved at once and refuse what does not fit', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 6n, [total(10n)]))
      await expect(ledger.reserve(reservation('2', 5n, [total(10n)]))).rejects.toMatchObject({
        code: 'offer/over-limit',
        moneyState: 'none',
        context: { limit: 'total', allowed: '0.00001', requested: '0.000005', used: '0.000006' }
      })
      await ledger.reserve(reservation('3', 4n, [total(10n)]))
    })

    it('give back what is released or proven dead, and nothing else', async () => {
      const ledger = await open()
      const left = async (): Promise<boolean> =>
        (await ledger.check(reservation('x', 10n, [total(10n)]))) === undefined
      await ledger.reserve(reservation('1', 10n))
      expect(await left()).toBe(false)
      await ledger.recordEvent('1', { type: 'released' })
      expect(await left()).toBe(true)
      await ledger.reserve(reservation('2', 10n))
      for (const event of [signed, { type: 'sent' }, { type: 'failed' }] as const) {
        await ledger.recordEvent('2', event)
        expect(await left()).toBe(false)
      }
      await ledger.recordEvent('2', { type: 'dead' })
      expect(await left()).toBe(true)
    })

    it('count what settled within the window and all that could still settle, however old', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const used = async (): Promise<bigint | undefined> =>
        (await ledger.check(reservation('x', 1_000n, [total(0n, { windowMs: HOUR_MS })])))?.used
      await ledger.reserve(reservation('old', 1n))
      await ledger.recordEvent('old', signed)
      await ledger.reserve(reservation('paid', 2n))
      await ledger.recordEvent('paid', signed)
      await ledger.recordEvent('paid', { type: 'settled' })
      expect(await used()).toBe(3n)
      clock.set(clock.nowMs() + HOUR_MS + 1)
      expect(await used()).toBe(1n)
      await ledger.recordEvent('old', { type: 'settled' })
      expect(await used()).toBe(1n)
    })

    it('do not forget what was spent when the clock is set back', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      for (const id of ['1', '2']) {
        await ledger.reserve(reservation(id, 5n))
        await ledger.recordEvent(id, signed)
        await ledger.recordEvent(id, { type: 'settled' })
        clock.set(clock.nowMs() - 48 * HOUR_MS)
      }
      expect((await ledger.check(reservation('x', 1n, [total(10n, { windowMs: 24 * HOUR_MS })])))?.used).toBe(
        10n
      )
    })

    it('of one host do not count another', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 10n, [], 'a.example'))
      expect(
        await ledger.check(reservation('2', 1n, [total(1n, { host: 'b.example' })], 'b.example'))
      ).toBeUndefined()
      expect(
        await ledger.check(reservation('2', 1n, [total(1n, { host: 'a.example' })], 'a.example'))
      ).toBeDefined()
    })
  })

  describe('budgets of a label', () => {
    it('count the purchases that carry it, and no others', async () => {
      const ledger = await open()
      const label = { name: 'agent', value: 'a1' }
      const labels = { agent: 'a1' }
      await ledger.reserve({ ...reservation('1', 6n), labels })
      await ledger.reserve({ ...reservation('2', 100n), labels: { agent: 'a2' } })
      await ledger.reserve(reservation('3', 100n))
      expect((await ledger.check(reservation('x', 5n, [total(10n, { label })])))?.used).toBe(6n)
      expect(await ledger.check(reservation('x', 4n, [total(10n, { label })]))).toBeUndefined()
    })
  })
}
