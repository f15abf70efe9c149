import { bytesOf, type Clock, type Ledger, type Reservation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { buy, equal, HOUR_MS, handClock, reservation, signed, signedUntil } from './samples.js'

/** How every store finds what an equal call resumes. */
export function resumptionContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('a purchase that failed its caller', () => {
    it('is resumed by one equal call only, and within the window only', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await buy(ledger, reservation('1', 1n))
      expect(await ledger.resume(equal())).toEqual({ kind: 'nothing' })
      await ledger.recordEvent('1', { type: 'failed' })
      clock.set(clock.nowMs() + HOUR_MS)
      expect(await ledger.resume(equal({ fingerprint: 'g' }))).toEqual({ kind: 'nothing' })
      const settled = equal({ windowMs: HOUR_MS - 1 })
      expect(await ledger.resume(settled)).toMatchObject({ kind: 'unresolved', purchase: { id: '1' } })
      const resumed = await ledger.resume(equal())
      expect(resumed).toMatchObject({ kind: 'resumed', purchase: { id: '1', call: 'open' } })
      expect(resumed.kind === 'resumed' && bytesOf(resumed.purchase)?.header.value).toBe('header-that-pays')
      expect(await ledger.resume(equal())).toEqual({ kind: 'nothing' })
    })

    it('is resumed as long as its authorization lives, however long ago that was', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await ledger.reserve(reservation('1', 1n))
      await ledger.recordEvent('1', signedUntil(clock.nowMs() + 10 * HOUR_MS))
      await ledger.recordEvent('1', { type: 'failed' })
      clock.set(clock.nowMs() + 9 * HOUR_MS)
      expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed' })
    })

    it('M14: is resumed for the same payer only', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'failed')
      expect(await ledger.resume(equal({ payers: ['0xother'] }))).toEqual({ kind: 'nothing' })
      expect(await ledger.resume(equal({ payers: ['Sol1', '0xC'] }))).toMatchObject({ kind: 'resumed' })
    })
  })

  describe('an equal call in flight', () => {
    it('is another purchase, unless it is joined', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n))
      expect(await ledger.resume(equal())).toEqual({ kind: 'nothing' })
      const joined = await ledger.resume(equal({ inFlight: 'join' }))
      expect(joined).toMatchObject({ kind: 'in-flight', purchase: { id: '1' }, look: { joined: '1' } })
    })

    it('is joined before it is signed, too', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      expect(await ledger.resume(equal({ inFlight: 'join' }))).toMatchObject({ kind: 'in-flight' })
    })

    it.each([
      ['resumed when that one failed', 'failed', 'resumed'],
      ['reported when that one was answered', 'answered', 'answered']
    ] as const)('that is joined is %s', async (_, end, kind) => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'settled')
      const joined = await ledger.resume(equal({ inFlight: 'join' }))
      const look = joined.kind === 'in-flight' ? joined.look : undefined
      expect(await ledger.resume(equal({ inFlight: 'join', look }))).toMatchObject({ kind: 'in-flight' })
      await ledger.recordEvent('1', { type: end })
      const ended = await ledger.resume(equal({ inFlight: 'join', look }))
      expect(ended).toMatchObject({ kind, purchase: { id: '1' } })
    })

    it('M1, M44: is never waited for as another session’s where it is this very session’s', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      const look = { sessions: {}, newest: 0, joined: '1' }
      expect((await ledger.look(equal({ fingerprint: '', look }))).look.sessions).toEqual({})
    })

    it('that is joined and failed blocks nobody', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      const joined = await ledger.resume(equal({ inFlight: 'join' }))
      const look = joined.kind === 'in-flight' ? joined.look : undefined
      await ledger.recordEvent('1', { type: 'released' })
      await ledger.recordEvent('1', { type: 'failed' })
      expect(await ledger.resume(equal({ inFlight: 'join', look }))).toMatchObject({ kind: 'nothing' })
      await ledger.reserve(reservation('2', 1n, { resumption: equal({ inFlight: 'join', look }) }))
    })
  })

  describe('a name', () => {
    const named = (id: string, name = 'invoice-42'): Reservation & { kind: 'payment' } => ({
      ...reservation(id, 1n),
      name
    })

    it('belongs to one purchase, until that one comes to nothing', async () => {
      const ledger = await open()
      await ledger.reserve(named('1'))
      expect(await ledger.find({ name: 'invoice-42' })).toMatchObject({ id: '1', name: 'invoice-42' })
      expect(await ledger.find({ name: 'invoice-43' })).toBeUndefined()
      await expect(ledger.reserve(named('2'))).rejects.toMatchObject({
        code: 'purchase/name-taken',
        context: { name: 'invoice-42', purchase: '1' }
      })
      await ledger.recordEvent('1', { type: 'released' })
      expect(await ledger.find({ name: 'invoice-42' })).toBeUndefined()
      await ledger.reserve(named('3'))
      expect(await ledger.find({ name: 'invoice-42' })).toMatchObject({ id: '3' })
    })

    it('is what its purchase is resumed by, however long ago it failed', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await buy(ledger, named('1'), 'failed')
      clock.set(clock.nowMs() + 1000 * HOUR_MS)
      expect(await ledger.resume(equal())).toEqual({ kind: 'nothing' })
      expect(await ledger.resume(equal({ name: 'invoice-43' }))).toEqual({ kind: 'nothing' })
      const resumed = await ledger.resume(equal({ name: 'invoice-42', windowMs: 0 }))
      expect(resumed).toMatchObject({ kind: 'resumed', purchase: { id: '1' } })
    })

    it('is taken for another call, or another payer', async () => {
      const ledger = await open()
      await buy(ledger, named('1'), 'failed')
      const name = 'invoice-42'
      expect(await ledger.resume(equal({ name, fingerprint: 'g' }))).toMatchObject({ kind: 'name-taken' })
      expect(await ledger.resume(equal({ name, payers: ['0xo'] }))).toMatchObject({ kind: 'name-taken' })
    })

    it('is reported to an equal call as in progress, or joined, and as paid for before', async () => {
      const ledger = await open()
      const name = 'invoice-42'
      await ledger.reserve(named('1'), { sign: () => signed })
      expect(await ledger.resume(equal({ name }))).toMatchObject({ kind: 'in-progress' })
      expect(await ledger.resume(equal({ name, inFlight: 'join' }))).toMatchObject({ kind: 'in-flight' })
      await ledger.recordEvent('1', { type: 'settled' })
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await ledger.resume(equal({ name }))).toMatchObject({
        kind: 'already-settled',
        purchase: { id: '1', state: 'settled' }
      })
    })
  })
}
