import type { Clock, Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, equal, reservation, signed, used } from './samples.js'

const withdrawn = { type: 'withdrawn' } as const

/** What every store does with a payment that the server refused to ask another price. */
export function withdrawnContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('a payment that is withdrawn', () => {
    it('has ended, is sent by no equal call again, and counts until it is dead', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 7n))
      const ended = await ledger.recordEvent('1', withdrawn)
      expect(ended).toMatchObject({ state: 'signed', call: 'failed', withdrawn: true })
      for (const type of ['withdrawn', 'failed', 'answered'] as const)
        expect(await ledger.recordEvent('1', { type })).toEqual(ended)
      for (const query of [equal(), equal({ inFlight: 'join' })])
        expect(await ledger.resume(query)).toMatchObject({ kind: 'nothing' })
      expect(await ledger.outstanding()).toMatchObject([{ id: '1', withdrawn: true }])
      expect(await used(ledger)).toBe(7n)
      await ledger.recordEvent('1', { type: 'dead' })
      expect(await used(ledger)).toBe(0n)
    })

    it('is no answer to a call that waits for its end, which shares that of the payment in its place', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 7n))
      const query = equal({ inFlight: 'join' })
      const waiting = await ledger.resume(query)
      const look = waiting.kind === 'in-flight' ? waiting.look : undefined
      expect(look).toMatchObject({ joined: '1' })
      await ledger.recordEvent('1', withdrawn)
      expect(await ledger.resume({ ...query, look })).toMatchObject({ kind: 'nothing' })
      await buy(ledger, reservation('2', 7n))
      expect(await ledger.resume({ ...query, look })).toMatchObject({
        kind: 'in-flight',
        purchase: { id: '2' }
      })
      await ledger.recordEvent('2', { type: 'settled' })
      await ledger.recordEvent('2', { type: 'answered' })
      expect(await ledger.resume({ ...query, look })).toMatchObject({
        kind: 'answered',
        purchase: { id: '2' }
      })
    })

    it('is known as paid and not answered where the server took it all the same', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 7n))
      await ledger.recordEvent('1', withdrawn)
      expect(await ledger.undelivered()).toEqual([])
      await ledger.recordEvent('1', { type: 'settled' })
      expect(await ledger.undelivered()).toMatchObject([{ id: '1', state: 'settled', withdrawn: true }])
      for (const query of [equal(), equal({ inFlight: 'join' })])
        expect(await ledger.resume(query)).toMatchObject({ kind: 'nothing' })
      expect(await used(ledger)).toBe(7n)
    })

    it('is open and can still settle: no other is withdrawn', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('unsigned', 1n))
      await buy(ledger, reservation('failed', 1n), 'failed')
      await buy(ledger, reservation('settled', 1n), 'settled')
      for (const id of ['unsigned', 'failed', 'settled'])
        await expect(ledger.recordEvent(id, withdrawn)).rejects.toMatchObject({ code: 'ledger/conflict' })
      expect(await ledger.recordEvent('unsigned', signed)).toMatchObject({ state: 'signed', call: 'open' })
    })
  })
}
