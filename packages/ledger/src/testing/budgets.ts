import type { Clock, Ledger, Reservation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { at, buy, HOUR_MS, handClock, reservation, signed, signedUntil, total, used } from './samples.js'

/** How every store enforces budgets. */
export function budgetsContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('budgets', () => {
    it('take what is reserved at once and reject what does not fit', async () => {
      const ledger = await open()
      const guards = { budgets: [total(10n)] }
      await ledger.reserve(reservation('1', 6n, guards))
      await expect(ledger.reserve(reservation('2', 5n, guards))).rejects.toMatchObject({
        code: 'offer/over-limit',
        moneyState: 'none',
        context: { limit: 'total', allowed: '0.00001', requested: '0.000005', used: '0.000006' }
      })
      expect(await ledger.evaluate(reservation('2', 5n, guards))).toMatchObject({
        kind: 'over-budget',
        used: 6n
      })
      expect(await ledger.evaluate(reservation('3', 4n, guards))).toBeUndefined()
      await ledger.reserve(reservation('3', 4n, guards))
    })

    it('give back what is released or proven dead, and nothing else', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 10n))
      expect(await used(ledger)).toBe(10n)
      await ledger.recordEvent('1', { type: 'released' })
      expect(await used(ledger)).toBe(0n)
      await ledger.reserve(reservation('2', 10n))
      for (const event of [signed, { type: 'sent' }, { type: 'failed' }] as const) {
        await ledger.recordEvent('2', event)
        expect(await used(ledger)).toBe(10n)
      }
      await ledger.recordEvent('2', { type: 'dead' })
      expect(await used(ledger)).toBe(0n)
    })

    it('count what settled within the window and all that could still settle, however old', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const usedNow = () => used(ledger, { windowMs: HOUR_MS })
      await buy(ledger, reservation('old', 1n))
      await buy(ledger, reservation('paid', 2n), 'settled')
      expect(await usedNow()).toBe(3n)
      clock.set(clock.nowMs() + HOUR_MS + 1)
      expect(await usedNow()).toBe(1n)
    })

    it('do not forget what was spent when the clock is set back', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      for (const id of ['1', '2']) {
        await buy(ledger, reservation(id, 5n), 'settled')
        clock.set(clock.nowMs() - 48 * HOUR_MS)
      }
      expect(await used(ledger, { windowMs: 24 * HOUR_MS })).toBe(10n)
    })

    it('of one host do not count another', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 10n))
      expect(await used(ledger, { host: 'b.example' })).toBe(0n)
      expect(await used(ledger, { host: 'a.example' })).toBe(10n)
    })
  })

  describe('windows', () => {
    it('M12: count what the chain reports late by when it can have settled, not by when that was learned', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const startMs = clock.nowMs()
      for (const id of ['1', '2', '3']) {
        await ledger.reserve(reservation(id, 10n))
        await ledger.recordEvent(id, signedUntil(startMs + 300_000))
      }
      clock.set(startMs + 24 * HOUR_MS)
      await buy(ledger, reservation('today', 1n), 'settled')
      clock.set(startMs + 25 * HOUR_MS)
      await ledger.recordEvent('1', { type: 'settled' })
      await ledger.recordEvent('2', { type: 'settled', settledAtMs: startMs + 2_000 })
      await ledger.recordEvent('3', { type: 'settled', settledAtMs: startMs + 400 * HOUR_MS })
      expect(await used(ledger, { windowMs: 24 * HOUR_MS })).toBe(1n)
      expect(await used(ledger)).toBe(31n)
      expect(await ledger.find({ id: '2' })).toMatchObject({ settledAtMs: startMs + 2_000 })
      // The end of the authorization is the latest that can be, whatever a chain's clock says.
      expect(await ledger.find({ id: '3' })).toMatchObject({ settledAtMs: startMs + 300_000 })
    })

    it('M12: count what settled by the time of its block where that is known, else to the end of its authorization', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const startMs = clock.nowMs()
      for (const [id, settledAtMs] of [
        ['by-block', startMs + 2_000],
        ['by-authorization', undefined]
      ] as const) {
        await ledger.reserve(reservation(id, 10n))
        await ledger.recordEvent(id, signedUntil(startMs + 300_000))
        await ledger.recordEvent(id, { type: 'settled', settledAtMs })
      }
      const usedAt = (atMs: number): Promise<bigint | undefined> => {
        clock.set(startMs + atMs)
        return used(ledger, { windowMs: HOUR_MS })
      }
      expect(await usedAt(HOUR_MS + 1_999)).toBe(20n)
      expect(await usedAt(HOUR_MS + 2_000)).toBe(10n)
      expect(await usedAt(HOUR_MS + 299_999)).toBe(10n)
      expect(await usedAt(HOUR_MS + 300_000)).toBe(0n)
    })
  })

  describe('budgets of a label', () => {
    const labelled = (id: string, cost: bigint, labels: Reservation['labels']): Reservation => ({
      ...reservation(id, cost),
      labels
    })

    it('count the purchases that carry it, and no others', async () => {
      const ledger = await open()
      await ledger.reserve(labelled('1', 6n, { agent: 'a1' }))
      await ledger.reserve(labelled('2', 100n, { agent: 'a2' }))
      await ledger.reserve(reservation('3', 100n))
      expect(await used(ledger, { label: { name: 'agent', value: 'a1' } })).toBe(6n)
    })

    it('M19: one budget is shared by all calls that do not carry it', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const absent = [{}, { agent: undefined }, { agent: null }, { agent: '' }, { job: 'x' }]
      for (const [index, labels] of absent.entries())
        await ledger.reserve(labelled(`${index}`, 1n, labels as Reservation['labels']))
      await ledger.reserve(labelled('a1', 50n, { agent: 'a1' }))
      const label = { name: 'agent', value: '' }
      expect(await used(ledger, { label })).toBe(5n)
      await ledger.recordEvent('0', signed)
      await ledger.recordEvent('0', { type: 'settled' })
      expect(await used(ledger, { label, windowMs: HOUR_MS })).toBe(5n)
      const guards = { budgets: [total(6n, { label })] }
      await ledger.reserve(reservation('fits', 1n, guards))
      await expect(ledger.reserve(reservation('over', 1n, guards))).rejects.toMatchObject({
        code: 'offer/over-limit'
      })
    })

    it('keep names and values apart, whatever they hold', async () => {
      const ledger = await open()
      await ledger.reserve(labelled('1', 1n, { 'a=b': 'c' }))
      await ledger.reserve(labelled('2', 2n, { a: 'b=c' }))
      expect(await used(ledger, { label: { name: 'a=b', value: 'c' } })).toBe(1n)
      expect(await used(ledger, { label: { name: 'a', value: 'b=c' } })).toBe(2n)
    })
  })

  describe('one host', () => {
    it('M26: has one spelling, with a dot at its end and without', async () => {
      const ledger = await open()
      for (const place of ['https://a.example./x', 'https://a.example/x'])
        await buy(ledger, at(place, reservation(place, 10n)), 'settled')
      for (const host of ['a.example', 'a.example.']) expect(await used(ledger, { host })).toBe(20n)
      await ledger.reserve(at('http://pay.test.:8402/x', reservation('port', 1n)))
      expect(await used(ledger, { host: 'pay.test:8402' })).toBe(1n)
      const listed: string[] = []
      for await (const { id } of ledger.history({ host: 'a.example.' })) listed.push(id)
      expect(listed).toHaveLength(2)
    })

    it('M27: that led a call to another counts what is paid there', async () => {
      const ledger = await open()
      for (const id of ['1', '2']) {
        const led = at(`https://s${id}.pay.test/x`, reservation(id, 5n))
        await ledger.reserve({ ...led, requestedOrigin: 'https://pay.test' })
      }
      expect(await used(ledger, { host: 'pay.test' })).toBe(10n)
      expect(await used(ledger, { host: 's1.pay.test' })).toBe(5n)
      expect(await ledger.find({ id: '1' })).toMatchObject({ requestedOrigin: 'https://pay.test' })
    })
  })
}
