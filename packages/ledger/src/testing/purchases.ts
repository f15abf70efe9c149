import { atomicUsdc, bytesOf, type Clock, type Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, equal, payment, reservation, signed, total, used } from './samples.js'

const reissued = { ...signed, type: 'reissued', payment: { ...payment, reference: '0xe' } } as const

/** What stores differ in. */
export interface StoreTraits {
  /** Whether the store is on another machine, so that what it has reserved is signed after it. */
  readonly signsAfter?: true
}

/** How every store records what happens to purchases. */
export function purchasesContract(
  open: (clock?: Clock) => Promise<Ledger>,
  { signsAfter }: StoreTraits = {}
): void {
  const headerOf = async (ledger: Ledger, id: string): Promise<string | undefined> => {
    const purchase = await ledger.find({ id })
    return purchase && bytesOf(purchase)?.header.value
  }

  describe('a purchase', () => {
    it('may be signed in the step that reserves it, and is there with its bytes and its budget', async () => {
      const ledger = await open()
      const guards = { budgets: [total(10n)] }
      const opened = await ledger.reserve(reservation('1', 7n, guards), { sign: () => signed })
      expect(opened).toMatchObject({ id: '1', state: 'signed', authorization: { reference: '0xd' } })
      const stored = await ledger.find({ id: '1' })
      expect(stored).toEqual(opened)
      expect(stored && bytesOf(stored)?.payment).toEqual(payment)
      expect(stored && bytesOf(stored)?.header).toEqual(signed.header)
      expect(await ledger.outstanding()).toMatchObject([{ id: '1', authorization: { reference: '0xd' } }])
      expect(await used(ledger)).toBe(7n)
      expect(await ledger.recordEvent('1', { type: 'settled' })).toMatchObject({ state: 'settled' })
    })

    it('shows none of its bytes to JSON, to a clone, or to anyone who walks through it', async () => {
      const ledger = await open()
      const opened = await ledger.reserve(reservation('1', 7n), { sign: () => signed })
      const { offer, ...rest } = structuredClone(opened)
      expect(JSON.stringify(rest)).not.toContain(signed.header.value)
      expect(JSON.stringify({ ...opened, offer: undefined })).not.toContain(signed.header.value)
    })

    it.each([
      ['an error of a name that stores use', Object.assign(new TypeError('on fire'), { name: 'Error' })],
      ['no error at all', 'on fire']
    ])(
      'is not there when its signer threw %s, which is thrown on; those beside it are',
      async (_, thrown) => {
        const ledger = await open()
        const sign = () => {
          throw thrown
        }
        const failing = ledger.reserve(reservation('1', 7n), { sign })
        const [failed, beside] = await Promise.allSettled([failing, ledger.reserve(reservation('2', 1n))])
        expect(failed).toEqual({ status: 'rejected', reason: thrown })
        expect(beside).toMatchObject({ status: 'fulfilled' })
        const state = (await ledger.find({ id: '1' }))?.state
        expect(state).toBe(signsAfter ? 'released' : undefined)
        expect(await used(ledger)).toBe(1n)
      }
    )

    it('is not dead because an authorization is that it has replaced', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 7n), { sign: () => signed })
      await ledger.recordEvent('1', reissued)
      const late = ledger.recordEvent('1', { type: 'dead', reference: '0xd' })
      await expect(late).rejects.toMatchObject({ code: 'ledger/conflict' })
      expect(await ledger.find({ id: '1' })).toMatchObject({ authorization: { reference: '0xe' } })
      expect(await ledger.recordEvent('1', { type: 'dead', reference: '0xe' })).toMatchObject({
        state: 'dead'
      })
    })

    it.each(['answered', 'failed'] as const)(
      'whose call has %s has ended, whatever comes after',
      async (type) => {
        const ledger = await open()
        await buy(ledger, reservation('1', 7n), 'settled')
        const ended = await ledger.recordEvent('1', { type })
        for (const later of ['answered', 'failed'] as const)
          expect(await ledger.recordEvent('1', { type: later })).toEqual(ended)
        expect(await ledger.find({ id: '1' })).toEqual(ended)
        expect(await headerOf(ledger, '1')).toBe(type === 'failed' ? 'header-that-pays' : undefined)
      }
    )

    it('cannot be signed after it was released', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', { type: 'released' })
      await expect(ledger.recordEvent('1', signed)).rejects.toMatchObject({ code: 'ledger/conflict' })
    })

    it.each(['reserved', 'signed', 'sent'] as const)(
      'M40: that is %s is given back when it is discarded, and no equal call finds it',
      async (state) => {
        const ledger = await open()
        await ledger.reserve(reservation('1', 7n))
        if (state !== 'reserved') await ledger.recordEvent('1', signed)
        if (state === 'sent') await ledger.recordEvent('1', { type: 'sent' })
        expect(await ledger.recordEvent('1', { type: 'discarded' })).toMatchObject({ state: 'released' })
        const ended = await ledger.recordEvent('1', { type: 'failed' })
        expect(ended).toMatchObject({ state: 'released', call: 'failed' })
        expect(ended).not.toHaveProperty('authorization')
        expect([await used(ledger), await headerOf(ledger, '1')]).toEqual([0n, undefined])
        const { fingerprint } = ended
        expect(await ledger.resume({ fingerprint, windowMs: 600_000 })).toEqual({ kind: 'nothing' })
        await expect(ledger.recordEvent('1', signed)).rejects.toMatchObject({ code: 'ledger/conflict' })
      }
    )

    it.each(['settled', 'dead'] as const)('that is %s is not discarded', async (state) => {
      const ledger = await open()
      await buy(ledger, reservation('1', 7n), state)
      const discarding = ledger.recordEvent('1', { type: 'discarded' })
      await expect(discarding).rejects.toMatchObject({ code: 'ledger/conflict' })
      expect(await ledger.find({ id: '1' })).toMatchObject({ state })
    })

    it('M40: that was ever resumed is not discarded: an equal call of the same session may be sending it', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 7n), 'failed')
      expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed' })
      // By a call that signed it, and slept while others took it for abandoned.
      for (const type of ['discarded', 'failed'] as const) await ledger.recordEvent('1', { type })
      expect(await used(ledger)).toBe(7n)
      expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed', purchase: { id: '1' } })
    })

    it.each([
      ['settled', 'dead'],
      ['dead', 'settled']
    ] as const)('that is %s cannot become %s', async (first, second) => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), first)
      await expect(ledger.recordEvent('1', { type: second })).rejects.toMatchObject({
        code: 'ledger/conflict'
      })
    })

    it('keeps its budget while a dead authorization is replaced', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 10n))
      expect(await ledger.recordEvent('1', reissued)).toMatchObject({ authorization: { reference: '0xe' } })
      expect(await used(ledger)).toBe(10n)
    })

    it('forgets its signed bytes once nobody can need them', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'settled')
      expect(await headerOf(ledger, '1')).toBe('header-that-pays')
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await headerOf(ledger, '1')).toBeUndefined()
      await buy(ledger, reservation('2', 1n), 'answered')
      expect(await headerOf(ledger, '2')).toBe('header-that-pays')
      await ledger.recordEvent('2', { type: 'settled' })
      expect(await headerOf(ledger, '2')).toBeUndefined()
      await buy(ledger, reservation('3', 1n), 'dead')
      expect(await headerOf(ledger, '3')).toBeUndefined()
    })

    it('that is not in the ledger cannot change', async () => {
      const changing = (await open()).recordEvent('x', { type: 'sent' })
      await expect(changing).rejects.toMatchObject({ code: 'ledger/conflict' })
    })
  })

  describe('what comes back', () => {
    it('is what was put in: no amount loses a digit', async () => {
      const ledger = await open()
      const offer = {
        ...reservation('1', 1n).offer,
        amountAtomic: 2n ** 200n + 1n,
        cost: atomicUsdc(2n ** 60n + 1n)
      }
      const reserved = await ledger.reserve({ ...reservation('1', 1n), offer, labels: { a: '漢' } })
      expect(await ledger.find({ id: '1' })).toEqual(reserved)
      const large = { ...payment, amountAtomic: 2n ** 200n + 1n, expiry: 2n ** 70n }
      const recorded = await ledger.recordEvent('1', { ...signed, payment: large })
      const found = await ledger.find({ id: '1' })
      expect(found).toEqual(recorded)
      expect(found && bytesOf(found)?.payment).toEqual(large)
    })

    it('is an error, when an amount is larger than can be counted', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 2n ** 62n))
      await expect(ledger.reserve(reservation('2', 2n ** 62n))).rejects.toMatchObject({
        code: 'ledger/unavailable',
        moneyState: 'none'
      })
    })
  })
}
