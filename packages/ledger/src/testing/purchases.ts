import { atomicUsdc, type Clock, type Ledger, type Reservation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, handClock, payment, reservation, signed, total } from './samples.js'

/** How every store moves purchases on. */
export function purchasesContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('a purchase', () => {
    it('may be signed in the step that reserves it, and is there with its bytes and its budget', async () => {
      const ledger = await open()
      const opened = await ledger.reserve(reservation('1', 7n, [total(10n)]), () => signed)
      expect(opened).toMatchObject({ id: '1', state: 'signed', header: signed.header, payment })
      expect(await ledger.get('1')).toMatchObject({ state: 'signed', header: signed.header, payment })
      expect(await ledger.outstanding()).toMatchObject([{ id: '1', authorization: { reference: '0xd' } }])
      expect((await ledger.check(reservation('2', 4n, [total(10n)])))?.used).toBe(7n)
      expect(await ledger.recordEvent('1', { type: 'settled' })).toMatchObject({ state: 'settled' })
    })

    it('is not signed when it does not fit, when its name is taken, or when the ledger is frozen', async () => {
      const ledger = await open()
      let asked = 0
      const sign = (): typeof signed => {
        asked++
        return signed
      }
      await ledger.reserve({ ...reservation('1', 7n), name: 'invoice-42' })
      const over = ledger.reserve(reservation('2', 4n, [total(10n)]), sign)
      await expect(over).rejects.toMatchObject({ code: 'offer/over-limit' })
      const namesake = ledger.reserve({ ...reservation('3', 1n), name: 'invoice-42' }, sign)
      await expect(namesake).rejects.toMatchObject({ code: 'purchase/name-taken' })
      await ledger.freeze('test')
      await expect(ledger.reserve(reservation('4', 1n), sign)).rejects.toMatchObject({
        code: 'ledger/frozen'
      })
      expect(asked).toBe(0)
    })

    it.each([
      ['an error of a name that stores use', Object.assign(new TypeError('on fire'), { name: 'Error' })],
      ['no error at all', 'on fire']
    ])(
      'is not there when its signer threw %s, which is thrown on; those beside it are',
      async (_, thrown) => {
        const ledger = await open()
        const failing = ledger.reserve(reservation('1', 7n), () => {
          throw thrown
        })
        const [failed, beside] = await Promise.allSettled([failing, ledger.reserve(reservation('2', 1n))])
        expect(failed).toEqual({ status: 'rejected', reason: thrown })
        expect(beside).toMatchObject({ status: 'fulfilled' })
        expect(await ledger.get('1')).toBeUndefined()
        expect((await ledger.check(reservation('3', 10n, [total(10n)])))?.used).toBe(1n)
      }
    )

    it('is not dead because an authorization is that it has replaced', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 7n), () => signed)
      await ledger.recordEvent('1', {
        ...signed,
        type: 'replaced',
        payment: { ...payment, reference: '0xe' }
      })
      const late = ledger.recordEvent('1', { type: 'dead', reference: '0xd' })
      await expect(late).rejects.toMatchObject({ code: 'ledger/conflict' })
      expect((await ledger.get('1'))?.payment?.reference).toBe('0xe')
      expect(await ledger.recordEvent('1', { type: 'dead', reference: '0xe' })).toMatchObject({
        state: 'dead'
      })
    })

    it.each(['answered', 'failed'] as const)(
      'whose call has %s has ended, whatever comes after',
      async (type) => {
        const ledger = await open()
        await ledger.reserve(reservation('1', 7n), () => signed)
        await ledger.recordEvent('1', { type: 'settled' })
        const ended = await ledger.recordEvent('1', { type })
        for (const later of ['answered', 'failed'] as const)
          expect(await ledger.recordEvent('1', { type: later })).toMatchObject({ call: type })
        expect(await ledger.get('1')).toMatchObject({ call: type, endedAtMs: ended.endedAtMs })
        expect((await ledger.get('1'))?.header !== undefined).toBe(type === 'failed')
      }
    )

    it('cannot be signed after it was released', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', { type: 'released' })
      await expect(ledger.recordEvent('1', signed)).rejects.toMatchObject({ code: 'ledger/conflict' })
    })

    it('that settled cannot be buried, and one that is dead cannot settle', async () => {
      const ledger = await open()
      for (const [id, first, second] of [
        ['1', 'settled', 'dead'],
        ['2', 'dead', 'settled']
      ] as const) {
        await ledger.reserve(reservation(id, 1n))
        await ledger.recordEvent(id, signed)
        await ledger.recordEvent(id, { type: first })
        await expect(ledger.recordEvent(id, { type: second })).rejects.toMatchObject({
          code: 'ledger/conflict'
        })
      }
    })

    it('keeps its budget while a dead authorization is replaced', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 10n))
      await ledger.recordEvent('1', signed)
      const replaced = await ledger.recordEvent('1', {
        ...signed,
        type: 'replaced',
        payment: { ...payment, reference: '0xe' }
      })
      expect(replaced.payment?.reference).toBe('0xe')
      expect((await ledger.check(reservation('2', 1n, [total(10n)])))?.used).toBe(10n)
    })

    it('forgets its signed bytes once nobody can need them', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', signed)
      expect((await ledger.recordEvent('1', { type: 'settled' })).header).toBeDefined()
      expect((await ledger.recordEvent('1', { type: 'answered' })).header).toBeUndefined()
      await ledger.reserve(reservation('2', 1n))
      await ledger.recordEvent('2', signed)
      const dead = await ledger.recordEvent('2', { type: 'dead' })
      expect([dead.header, dead.payment]).toEqual([undefined, undefined])
    })

    it('that failed its caller is claimed by one equal call only, and within the window only', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', signed)
      const query = { fingerprint: 'f', endedAfterMs: clock.nowMs() - HOUR_MS }
      expect(await ledger.resume(query)).toBeUndefined()
      await ledger.recordEvent('1', { type: 'failed' })
      expect(await ledger.resume({ ...query, fingerprint: 'g' })).toBeUndefined()
      expect(await ledger.resume({ ...query, endedAfterMs: clock.nowMs() + 1 })).toBeUndefined()
      expect(await ledger.resume(query)).toMatchObject({ id: '1', call: 'open', header: { value: 'bytes' } })
      expect(await ledger.resume(query)).toBeUndefined()
    })

    it('that is not in the ledger cannot move', async () => {
      await expect((await open()).recordEvent('x', { type: 'sent' })).rejects.toMatchObject({
        code: 'ledger/conflict'
      })
    })
  })

  describe('a name', () => {
    const named = (id: string, name: string): Reservation => ({ ...reservation(id, 1n), name })

    it('belongs to one purchase, until that one comes to nothing', async () => {
      const ledger = await open()
      await ledger.reserve(named('1', 'invoice-42'))
      expect(await ledger.find('invoice-42')).toMatchObject({ id: '1', name: 'invoice-42' })
      expect(await ledger.find('invoice-43')).toBeUndefined()
      await expect(ledger.reserve(named('2', 'invoice-42'))).rejects.toMatchObject({
        code: 'purchase/name-taken',
        context: { name: 'invoice-42', purchase: '1' }
      })
      await ledger.recordEvent('1', { type: 'released' })
      expect(await ledger.find('invoice-42')).toBeUndefined()
      await ledger.reserve(named('3', 'invoice-42'))
    })

    it('is what its purchase is taken up by, however long ago it failed', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await ledger.reserve(named('1', 'invoice-42'))
      await ledger.recordEvent('1', signed)
      await ledger.recordEvent('1', { type: 'failed' })
      clock.set(clock.nowMs() + 1000 * HOUR_MS)
      const query = { fingerprint: 'f', endedAfterMs: clock.nowMs() }
      expect(await ledger.resume(query)).toBeUndefined()
      expect(await ledger.resume({ ...query, name: 'invoice-43' })).toBeUndefined()
      expect(await ledger.resume({ ...query, name: 'invoice-42' })).toMatchObject({ id: '1' })
    })
  })

  describe('the job that was bought', () => {
    it('is kept with its purchase whatever else becomes of it, and found by its name', async () => {
      const ledger = await open()
      for (const id of ['1', '2']) {
        await ledger.reserve(reservation(id, 1n))
        await ledger.recordEvent(id, signed)
      }
      await ledger.recordEvent('1', { type: 'job', job: 'request-1' })
      await ledger.recordEvent('1', { type: 'settled' })
      await ledger.recordEvent('1', { type: 'answered' })
      const found: string[] = []
      for await (const { id } of ledger.history({ job: 'request-1' })) found.push(id)
      expect(found).toEqual(['1'])
      expect(await ledger.get('1')).toMatchObject({ job: 'request-1', state: 'settled', call: 'answered' })
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
      expect(await ledger.get('1')).toEqual(reserved)
      const large = { ...payment, amountAtomic: 2n ** 200n + 1n, expiry: 2n ** 70n }
      const advanced = await ledger.recordEvent('1', { ...signed, payment: large })
      expect(await ledger.get('1')).toEqual(advanced)
      expect(advanced.payment?.expiry).toBe(2n ** 70n)
    })
  })
}
