import type { Clock, HistoryQuery, Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { handClock, reservation, signed, total } from './samples.js'

/** How every store lists what it has, and stops. */
export function booksContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('history', () => {
    it('lists newest first, by every condition that is given', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const startMs = clock.nowMs()
      for (const [index, host] of ['a.example', 'b.example', 'a.example'].entries()) {
        clock.set(startMs + index)
        await ledger.reserve({ ...reservation(`${index}`, 1n, [], host), labels: { agent: `a${index}` } })
      }
      await ledger.recordEvent('2', { type: 'released' })
      const ids = async (query?: HistoryQuery): Promise<string[]> => {
        const found: string[] = []
        for await (const { id } of ledger.history(query)) found.push(id)
        return found
      }
      expect(await ids()).toEqual(['2', '1', '0'])
      expect(await ids({ host: 'a.example' })).toEqual(['2', '0'])
      expect(await ids({ fromMs: startMs + 1 })).toEqual(['2', '1'])
      expect(await ids({ untilMs: startMs + 1 })).toEqual(['0'])
      expect(await ids({ state: 'released' })).toEqual(['2'])
      expect(await ids({ network: 'eip155:1' })).toEqual([])
      expect(await ids({ labels: { agent: 'a1' } })).toEqual(['1'])
    })
  })

  describe('what is outstanding', () => {
    it('is every authorization that could still settle', async () => {
      const ledger = await open()
      for (const id of ['reserved', 'signed', 'sent', 'settled', 'dead'])
        await ledger.reserve(reservation(id, 1n))
      for (const id of ['signed', 'sent', 'settled', 'dead']) await ledger.recordEvent(id, signed)
      for (const type of ['sent', 'settled', 'dead'] as const) await ledger.recordEvent(type, { type })
      expect((await ledger.outstanding()).map(({ id }) => id).sort()).toEqual(['sent', 'signed'])
    })
  })

  describe('a frozen ledger', () => {
    it('reserves nothing until it is thawed, and says why', async () => {
      const ledger = await open()
      await ledger.freeze('the key may be known')
      await expect(ledger.reserve(reservation('1', 1n))).rejects.toMatchObject({
        code: 'ledger/frozen',
        moneyState: 'none',
        context: { reason: 'the key may be known' }
      })
      await ledger.freeze(undefined)
      await ledger.reserve(reservation('1', 1n))
    })

    it('gives no purchase to be sent again either, and says where its money is', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', signed)
      await ledger.recordEvent('1', { type: 'failed' })
      await ledger.freeze('the key may be known')
      const query = { fingerprint: 'f', endedAfterMs: 0 }
      await expect(ledger.resume(query)).rejects.toMatchObject({ code: 'ledger/frozen', moneyState: 'sent' })
      expect(await ledger.resume({ ...query, fingerprint: 'g' })).toBeUndefined()
      await ledger.freeze(undefined)
      expect(await ledger.resume(query)).toMatchObject({ id: '1' })
    })
  })

  describe('at once', () => {
    it('many reservations fill a budget exactly', async () => {
      const ledger = await open()
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) => ledger.reserve(reservation(`${index}`, 3n, [total(100n)])))
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(33)
    })

    it('many claims of one purchase take it up once', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', signed)
      await ledger.recordEvent('1', { type: 'failed' })
      const query = { fingerprint: 'f', endedAfterMs: 0 }
      const claims = await Promise.all(Array.from({ length: 20 }, () => ledger.resume(query)))
      expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1)
    })
  })
}
