import {
  atomicUsdc,
  type Clock,
  type HistoryQuery,
  type Ledger,
  type Reservation,
  systemClock
} from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accountCallsContract } from './testing/account-calls.js'
import { HOUR_MS, handClock, payment, reservation, signed, total } from './testing/samples.js'

/**
 * The tests that every store passes. Call it in a test file of vitest's.
 *
 * @param name of the store, for the report.
 * @param openLedger opens an empty ledger on the clock given; it is closed when its test ends.
 */
export function ledgerContract(name: string, openLedger: (clock: Clock) => Ledger | Promise<Ledger>): void {
  async function open(clock: Clock = systemClock): Promise<Ledger> {
    const ledger = await openLedger(clock)
    onTestFinished(() => ledger.close())
    return ledger
  }

  describe(name, () => {
    describe('budgets', () => {
      it('take what is reserved at once and refuse what does not fit', async () => {
        const ledger = await open()
        await ledger.reserve(reservation('1', 6n, [total(10n)]))
        await expect(ledger.reserve(reservation('2', 5n, [total(10n)]))).rejects.toMatchObject({
          code: 'offer/over-limit',
          moneyState: 'none',
          context: { limit: 'total', allowed: '0.00001', asked: '0.000005', used: '0.000006' }
        })
        await ledger.reserve(reservation('3', 4n, [total(10n)]))
      })

      it('give back what is released or proven dead, and nothing else', async () => {
        const ledger = await open()
        const left = async (): Promise<boolean> =>
          (await ledger.check(reservation('x', 10n, [total(10n)]))) === undefined
        await ledger.reserve(reservation('1', 10n))
        expect(await left()).toBe(false)
        await ledger.advance('1', { type: 'released' })
        expect(await left()).toBe(true)
        await ledger.reserve(reservation('2', 10n))
        for (const event of [signed, { type: 'sent' }, { type: 'failed' }] as const) {
          await ledger.advance('2', event)
          expect(await left()).toBe(false)
        }
        await ledger.advance('2', { type: 'dead' })
        expect(await left()).toBe(true)
      })

      it('count what settled within the window and all that could still settle, however old', async () => {
        const clock = handClock()
        const ledger = await open(clock)
        const used = async (): Promise<bigint | undefined> =>
          (await ledger.check(reservation('x', 1_000n, [total(0n, { windowMs: HOUR_MS })])))?.used
        await ledger.reserve(reservation('old', 1n))
        await ledger.advance('old', signed)
        await ledger.reserve(reservation('paid', 2n))
        await ledger.advance('paid', signed)
        await ledger.advance('paid', { type: 'settled' })
        expect(await used()).toBe(3n)
        clock.set(clock.nowMs() + HOUR_MS + 1)
        expect(await used()).toBe(1n)
        await ledger.advance('old', { type: 'settled' })
        expect(await used()).toBe(1n)
      })

      it('do not forget what was spent when the clock is set back', async () => {
        const clock = handClock()
        const ledger = await open(clock)
        for (const id of ['1', '2']) {
          await ledger.reserve(reservation(id, 5n))
          await ledger.advance(id, signed)
          await ledger.advance(id, { type: 'settled' })
          clock.set(clock.nowMs() - 48 * HOUR_MS)
        }
        expect(
          (await ledger.check(reservation('x', 1n, [total(10n, { windowMs: 24 * HOUR_MS })])))?.used
        ).toBe(10n)
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

    describe('a purchase', () => {
      it('cannot be signed after it was released', async () => {
        const ledger = await open()
        await ledger.reserve(reservation('1', 1n))
        await ledger.advance('1', { type: 'released' })
        await expect(ledger.advance('1', signed)).rejects.toMatchObject({ code: 'ledger/conflict' })
      })

      it('that settled cannot be buried, and one that is dead cannot settle', async () => {
        const ledger = await open()
        for (const [id, first, second] of [
          ['1', 'settled', 'dead'],
          ['2', 'dead', 'settled']
        ] as const) {
          await ledger.reserve(reservation(id, 1n))
          await ledger.advance(id, signed)
          await ledger.advance(id, { type: first })
          await expect(ledger.advance(id, { type: second })).rejects.toMatchObject({
            code: 'ledger/conflict'
          })
        }
      })

      it('keeps its budget while a dead authorization is replaced', async () => {
        const ledger = await open()
        await ledger.reserve(reservation('1', 10n))
        await ledger.advance('1', signed)
        const replaced = await ledger.advance('1', {
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
        await ledger.advance('1', signed)
        expect((await ledger.advance('1', { type: 'settled' })).header).toBeDefined()
        expect((await ledger.advance('1', { type: 'answered' })).header).toBeUndefined()
        await ledger.reserve(reservation('2', 1n))
        await ledger.advance('2', signed)
        const dead = await ledger.advance('2', { type: 'dead' })
        expect([dead.header, dead.payment]).toEqual([undefined, undefined])
      })

      it('that failed its caller is claimed by one equal call only, and within the window only', async () => {
        const clock = handClock()
        const ledger = await open(clock)
        await ledger.reserve(reservation('1', 1n))
        await ledger.advance('1', signed)
        const query = { fingerprint: 'f', endedAfterMs: clock.nowMs() - HOUR_MS }
        expect(await ledger.claim(query)).toBeUndefined()
        await ledger.advance('1', { type: 'failed' })
        expect(await ledger.claim({ ...query, fingerprint: 'g' })).toBeUndefined()
        expect(await ledger.claim({ ...query, endedAfterMs: clock.nowMs() + 1 })).toBeUndefined()
        expect(await ledger.claim(query)).toMatchObject({ id: '1', call: 'open', header: { value: 'bytes' } })
        expect(await ledger.claim(query)).toBeUndefined()
      })

      it('that is not in the ledger cannot move', async () => {
        await expect((await open()).advance('x', { type: 'sent' })).rejects.toMatchObject({
          code: 'ledger/conflict'
        })
      })
    })

    accountCallsContract(open)

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
        await ledger.advance('1', { type: 'released' })
        expect(await ledger.find('invoice-42')).toBeUndefined()
        await ledger.reserve(named('3', 'invoice-42'))
      })

      it('is what its purchase is taken up by, however long ago it failed', async () => {
        const clock = handClock()
        const ledger = await open(clock)
        await ledger.reserve(named('1', 'invoice-42'))
        await ledger.advance('1', signed)
        await ledger.advance('1', { type: 'failed' })
        clock.set(clock.nowMs() + 1000 * HOUR_MS)
        const query = { fingerprint: 'f', endedAfterMs: clock.nowMs() }
        expect(await ledger.claim(query)).toBeUndefined()
        expect(await ledger.claim({ ...query, name: 'invoice-43' })).toBeUndefined()
        expect(await ledger.claim({ ...query, name: 'invoice-42' })).toMatchObject({ id: '1' })
      })
    })

    describe('history', () => {
      it('lists newest first, by every condition that is given', async () => {
        const clock = handClock()
        const ledger = await open(clock)
        const startMs = clock.nowMs()
        for (const [index, host] of ['a.example', 'b.example', 'a.example'].entries()) {
          clock.set(startMs + index)
          await ledger.reserve({ ...reservation(`${index}`, 1n, [], host), labels: { agent: `a${index}` } })
        }
        await ledger.advance('2', { type: 'released' })
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
        for (const id of ['signed', 'sent', 'settled', 'dead']) await ledger.advance(id, signed)
        for (const type of ['sent', 'settled', 'dead'] as const) await ledger.advance(type, { type })
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
        await ledger.advance('1', signed)
        await ledger.advance('1', { type: 'failed' })
        await ledger.freeze('the key may be known')
        const query = { fingerprint: 'f', endedAfterMs: 0 }
        await expect(ledger.claim(query)).rejects.toMatchObject({ code: 'ledger/frozen', moneyState: 'sent' })
        expect(await ledger.claim({ ...query, fingerprint: 'g' })).toBeUndefined()
        await ledger.freeze(undefined)
        expect(await ledger.claim(query)).toMatchObject({ id: '1' })
      })
    })

    describe('the job that was bought', () => {
      it('is kept with its purchase whatever else becomes of it, and found by its name', async () => {
        const ledger = await open()
        for (const id of ['1', '2']) {
          await ledger.reserve(reservation(id, 1n))
          await ledger.advance(id, signed)
        }
        await ledger.advance('1', { type: 'job', job: 'request-1' })
        await ledger.advance('1', { type: 'settled' })
        await ledger.advance('1', { type: 'answered' })
        const found: string[] = []
        for await (const { id } of ledger.history({ job: 'request-1' })) found.push(id)
        expect(found).toEqual(['1'])
        expect(await ledger.get('1')).toMatchObject({ job: 'request-1', state: 'settled', call: 'answered' })
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
        await ledger.advance('1', signed)
        await ledger.advance('1', { type: 'failed' })
        const query = { fingerprint: 'f', endedAfterMs: 0 }
        const claims = await Promise.all(Array.from({ length: 20 }, () => ledger.claim(query)))
        expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1)
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
        const large = { ...payment, amountAtomic: 2n ** 200n + 1n, deathMark: 2n ** 70n }
        const advanced = await ledger.advance('1', { ...signed, payment: large })
        expect(await ledger.get('1')).toEqual(advanced)
        expect(advanced.payment?.deathMark).toBe(2n ** 70n)
      })
    })
  })
}
