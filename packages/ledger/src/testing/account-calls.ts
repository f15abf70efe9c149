import { atomicUsdc, type Budget, type Ledger, type Reservation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { reservation, signed, total } from './samples.js'

/** What every store does with calls that sign nothing. */
export function accountCallsContract(open: () => Promise<Ledger>): void {
  describe('a call that an account is billed for', () => {
    const billed = (id: string, most: bigint, budgets: readonly Budget[] = []): Reservation => {
      const asked = reservation(id, most, budgets)
      return { ...asked, offer: { ...asked.offer, dialect: 'account', network: 'account:usd' } }
    }

    it('holds the most that it can cost, and then counts what it did cost', async () => {
      const ledger = await open()
      const used = async () => (await ledger.check(reservation('x', 1n, [total(0n)])))?.used
      expect(await ledger.reserve(billed('1', 10n))).toMatchObject({ state: 'sent', call: 'open' })
      expect(await used()).toBe(10n)
      const ended = await ledger.recordEvent('1', { type: 'settled', cost: atomicUsdc(3n) })
      expect(ended).toMatchObject({ state: 'settled', offer: { cost: 3n } })
      expect(await used()).toBe(3n)
      await ledger.reserve(billed('2', 10n))
      await ledger.recordEvent('2', { type: 'settled' })
      expect(await used()).toBe(13n)
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
      expect((await ledger.check(reservation('x', 1n, [total(0n)])))?.used).toBe(0n)
    })

    it('costs nothing when the service says so, and a payment that is out never does', async () => {
      const ledger = await open()
      await ledger.reserve(billed('1', 10n))
      await ledger.recordEvent('1', { type: 'released' })
      expect((await ledger.check(reservation('x', 1n, [total(0n)])))?.used).toBe(0n)
      await ledger.reserve(reservation('2', 1n))
      await ledger.recordEvent('2', signed)
      await ledger.recordEvent('2', { type: 'sent' })
      await expect(ledger.recordEvent('2', { type: 'released' })).rejects.toMatchObject({
        code: 'ledger/conflict'
      })
    })
  })
}
