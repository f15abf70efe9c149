import type { Clock, Ledger, ResumeQuery } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, countingSigner, equal, handClock, reservation, signed } from './samples.js'

/** What every store rejects when an equal call appears between a caller's look and its reservation. */
export function joinedReservationsContract(open: (clock?: Clock) => Promise<Ledger>): void {
  /** Looks as a caller does that finds nothing, and returns what it passes to its reservation. */
  async function look(ledger: Ledger, more: Partial<ResumeQuery> = {}): Promise<ResumeQuery> {
    const query = equal({ inFlight: 'join', ...more })
    const found = await ledger.resume(query)
    expect(found.kind).toBe('nothing')
    return { ...query, look: found.kind === 'nothing' ? found.look : undefined }
  }

  describe('an equal call that came since the caller looked', () => {
    it('M16: rejects its reservation before that is signed, and is joined', async () => {
      const ledger = await open()
      const resumption = await look(ledger)
      await ledger.reserve(reservation('1', 1n))
      const { sign, calls } = countingSigner()
      const second = ledger.reserve(reservation('2', 1n, { resumption }), { sign })
      await expect(second).rejects.toMatchObject({
        code: 'purchase/in-progress',
        moneyState: 'none',
        context: { purchase: '1' }
      })
      expect(calls()).toBe(0)
      expect(await ledger.resume(resumption)).toMatchObject({ kind: 'in-flight', purchase: { id: '1' } })
    })

    it('M16: makes one purchase, when many look before any of them reserves', async () => {
      const ledger = await open()
      const looked = await Promise.all(Array.from({ length: 5 }, () => look(ledger)))
      const reserving = looked.map((resumption, at) =>
        ledger.reserve(reservation(`${at}`, 1n, { resumption }))
      )
      const made = (await Promise.allSettled(reserving)).filter(({ status }) => status === 'fulfilled')
      expect(made).toHaveLength(1)
    })

    it.each([
      ['and was answered is reported', 'answered', 'answered'],
      ['and failed is resumed', 'failed', 'resumed']
    ] as const)('M16: %s', async (_, end, kind) => {
      const ledger = await open()
      const resumption = await look(ledger)
      await buy(ledger, reservation('1', 1n), 'settled', end)
      const second = ledger.reserve(reservation('2', 1n, { resumption }))
      await expect(second).rejects.toMatchObject({ code: 'purchase/in-progress' })
      expect(await ledger.resume(resumption)).toMatchObject({ kind, purchase: { id: '1' } })
    })

    it('M16: is not forgotten while the caller waits for another', async () => {
      const ledger = await open()
      const resumption = await look(ledger)
      await buy(ledger, reservation('1', 1n), 'settled', 'answered')
      await ledger.reserve(reservation('2', 1n))
      const waiting = await ledger.resume(resumption)
      expect(waiting).toMatchObject({ kind: 'in-flight', purchase: { id: '2' } })
      await ledger.recordEvent('2', { type: 'released' })
      await ledger.recordEvent('2', { type: 'failed' })
      const after = { ...resumption, look: waiting.kind === 'in-flight' ? waiting.look : undefined }
      expect(await ledger.resume(after)).toMatchObject({ kind: 'answered', purchase: { id: '1' } })
    })

    it('M16: that was in flight when the caller began is joined, however soon it is answered', async () => {
      const ledger = await open()
      await buy(ledger, reservation('0', 1n), 'settled', 'answered')
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', signed)
      const query = equal({ inFlight: 'join' })
      const { look: seen, joined } = await ledger.look(query)
      expect(joined).toMatchObject({ id: '1', state: 'signed', call: 'open' })
      await ledger.recordEvent('1', { type: 'settled' })
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await ledger.resume({ ...query, look: seen })).toMatchObject({
        kind: 'answered',
        purchase: { id: '1' }
      })
      const other = await ledger.resume({ ...query, look: seen, payers: ['0xother'] })
      expect(other).toMatchObject({ kind: 'nothing' })
      expect((await ledger.look(query)).joined).toBeUndefined()
    })

    it('M16: that was made since the caller began is joined, also where the ledger could be read only later', async () => {
      const hand = handClock()
      const earlier: number[] = []
      const ledger = await open({ ...hand, nowMs: () => earlier.shift() ?? hand.nowMs() })
      await buy(ledger, reservation('0', 1n), 'settled', 'answered')
      hand.set(hand.nowMs() + 1_000)
      await buy(ledger, reservation('1', 1n), 'settled', 'answered')
      const query = equal({ inFlight: 'join' })
      // The look was asked for half a second before the newer one was made, and is answered now.
      earlier.push(hand.nowMs() - 500)
      const { look: seen } = await ledger.look(query)
      expect(await ledger.resume({ ...query, look: seen })).toMatchObject({
        kind: 'answered',
        purchase: { id: '1' }
      })
    })

    it('M16: that was in flight when the caller began is joined, also where it was answered before the ledger could be read', async () => {
      const hand = handClock()
      const earlier: number[] = []
      const ledger = await open({ ...hand, nowMs: () => earlier.shift() ?? hand.nowMs() })
      await buy(ledger, reservation('0', 1n), 'settled', 'answered')
      hand.set(hand.nowMs() + 1_000)
      await buy(ledger, reservation('1', 1n), 'settled')
      hand.set(hand.nowMs() + 1_000)
      await ledger.recordEvent('1', { type: 'answered' })
      const query = equal({ inFlight: 'join' })
      // The look was asked for between the two, and is answered now.
      earlier.push(hand.nowMs() - 500)
      const { look: seen } = await ledger.look(query)
      expect(await ledger.resume({ ...query, look: seen })).toMatchObject({
        kind: 'answered',
        purchase: { id: '1' }
      })
    })

    it('M16: that would be resumed when the caller began is joined, also where another caller takes it up first', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'settled', 'failed')
      const query = equal({ inFlight: 'join' })
      const { look: seen, joined } = await ledger.look(query)
      expect(joined?.id).toBe('1')
      expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed', purchase: { id: '1' } })
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await ledger.resume({ ...query, look: seen })).toMatchObject({
        kind: 'answered',
        purchase: { id: '1' }
      })
    })

    it('M14: is joined when it is of a wallet of the caller, whatever others have in flight', async () => {
      const ledger = await open()
      await buy(ledger, { ...reservation('1', 1n), payer: '0xother' }, 'settled')
      await buy(ledger, reservation('2', 1n), 'settled')
      const query = equal({ inFlight: 'join', payers: ['0xC'] })
      const { look: seen, joined } = await ledger.look(query)
      expect(joined?.id).toBe('2')
      for (const id of ['1', '2']) await ledger.recordEvent(id, { type: 'answered' })
      expect(await ledger.resume({ ...query, look: seen })).toMatchObject({
        kind: 'answered',
        purchase: { id: '2' }
      })
    })

    it('blocks nobody when it failed, or is of another payer or call', async () => {
      const ledger = await open()
      const resumption = await look(ledger, { payers: ['0xC'] })
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', { type: 'released' })
      await ledger.recordEvent('1', { type: 'failed' })
      await buy(ledger, { ...reservation('2', 1n), payer: '0xother' }, 'settled', 'answered')
      await buy(ledger, { ...reservation('3', 1n), fingerprint: 'g' }, 'settled', 'answered')
      await buy(ledger, { ...reservation('4', 1n), name: 'invoice-42' }, 'settled', 'answered')
      await ledger.reserve(reservation('5', 1n, { resumption }))
    })

    it('is another purchase, when it was answered before the caller looked, or where calls are separate', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'settled', 'answered')
      const resumption = await look(ledger)
      await ledger.reserve(reservation('2', 1n, { resumption }))
      await ledger.reserve(reservation('3', 1n))
    })

    it('has the name that both want, and is waited for instead of rejected as another call’s', async () => {
      const ledger = await open()
      const named = { ...reservation('1', 1n), name: 'invoice-42' }
      const resumption = await look(ledger, { name: 'invoice-42', inFlight: 'separate' })
      await ledger.reserve(named)
      const second = { ...reservation('2', 1n, { resumption }), name: 'invoice-42' }
      await expect(ledger.reserve(second)).rejects.toMatchObject({ code: 'purchase/in-progress' })
      expect(await ledger.resume(resumption)).toMatchObject({ kind: 'in-progress', purchase: { id: '1' } })
      const other = { ...reservation('3', 1n, { resumption }), name: 'invoice-42', fingerprint: 'g' }
      const query = { ...resumption, fingerprint: 'g' }
      const third = ledger.reserve({ ...other, guards: { ...other.guards, resumption: query } })
      await expect(third).rejects.toMatchObject({ code: 'purchase/name-taken' })
    })
  })
}
