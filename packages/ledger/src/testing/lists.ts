import type { Clock, HistoryQuery, Job, JobQuery, Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { at, buy, equal, HOUR_MS, handClock, reservation, signed, total } from './samples.js'

/** How every store lists purchases, freezes and closes. */
export function listsContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('history', () => {
    it('lists newest first, by every condition that is given', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const startMs = clock.nowMs()
      for (const [index, host] of ['a.example', 'b.example', 'a.example'].entries()) {
        clock.set(startMs + index)
        const labels = { agent: `a${index}` }
        await ledger.reserve({ ...at(`https://${host}/`, reservation(`${index}`, 1n)), labels })
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

    it('lists those whose ids begin with a text, byte by byte', async () => {
      const ledger = await open()
      for (const id of ['p01a', 'p01b', 'P01c', 'p02', 'p-01'])
        await ledger.reserve({ ...reservation(id, 1n), fingerprint: id })
      const found = async (idPrefix: string): Promise<string[]> => {
        const ids: string[] = []
        for await (const { id } of ledger.history({ idPrefix })) ids.push(id)
        return ids
      }
      expect(await found('p01')).toEqual(['p01b', 'p01a'])
      expect(await found('p01a')).toEqual(['p01a'])
      expect(await found('p03')).toEqual([])
      expect(await found('%')).toEqual([])
    })

    it('lists more than a store reads at a time, each purchase once', async () => {
      const ledger = await open()
      const made = Array.from({ length: 501 }, (_, index) => `p${index}`)
      await Promise.all(made.map((id) => ledger.reserve({ ...reservation(id, 1n), fingerprint: id })))
      const found: string[] = []
      for await (const { id } of ledger.history()) found.push(id)
      expect(found.toReversed()).toEqual(made)
    })
  })

  describe('jobs', () => {
    const list = async (ledger: Ledger, query?: JobQuery): Promise<readonly Job[]> => {
      const found: Job[] = []
      for await (const job of ledger.jobs(query)) found.push(job)
      return found
    }

    it('are kept with the purchase that bought them, whatever else becomes of it', async () => {
      const ledger = await open()
      for (const id of ['1', '2']) await buy(ledger, reservation(id, 1n))
      await ledger.noteJob({ job: 'request-1', purchase: '1', origin: 'https://a.example', labels: {} })
      await ledger.recordEvent('1', { type: 'settled' })
      await ledger.recordEvent('1', { type: 'answered' })
      const bought = { id: '1', job: 'request-1', state: 'settled', call: 'answered' }
      expect(await ledger.find({ job: 'request-1' })).toMatchObject(bought)
      const found: string[] = []
      for await (const { id } of ledger.history({ job: 'request-1' })) found.push(id)
      expect(found).toEqual(['1'])
      expect(await list(ledger)).toMatchObject([{ job: 'request-1', purchase: '1' }])
    })

    it('that no purchase bought are kept by themselves, and are no purchase', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const note = { origin: 'https://a.example', labels: { model: 'gen' } }
      for (const job of ['request-1', 'request-2']) {
        await ledger.noteJob({ ...note, job })
        clock.set(clock.nowMs() + 1)
      }
      expect((await list(ledger)).map(({ job }) => job)).toEqual(['request-2', 'request-1'])
      expect(await list(ledger, { job: 'request-1' })).toEqual([
        { ...note, job: 'request-1', notedAtMs: clock.nowMs() - 2 }
      ])
      expect(await list(ledger, { fromMs: clock.nowMs() - 1 })).toMatchObject([{ job: 'request-2' }])
      expect(await ledger.find({ job: 'request-1' })).toBeUndefined()
      for await (const purchase of ledger.history()) expect(purchase).toBeUndefined()
    })

    it('are noted once for each service, however often that is said', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n))
      const note = { job: 'request-1', origin: 'https://a.example', labels: { model: 'gen' } }
      await ledger.noteJob({ ...note, purchase: '1', labels: {} })
      await ledger.noteJob(note)
      await ledger.noteJob({ ...note, origin: 'https://b.example' })
      expect(await list(ledger, { job: 'request-1' })).toMatchObject([
        { origin: 'https://b.example' },
        { origin: 'https://a.example', purchase: '1', labels: { model: 'gen' } }
      ])
    })

    it('of a purchase that is not there are a conflict, and are not noted', async () => {
      const ledger = await open()
      const noting = ledger.noteJob({ job: 'r', purchase: 'x', origin: 'https://a.example', labels: {} })
      await expect(noting).rejects.toMatchObject({ code: 'ledger/conflict' })
      expect(await list(ledger)).toEqual([])
    })
  })

  describe('what is outstanding', () => {
    it('is every authorization that could still settle', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('reserved', 1n))
      await buy(ledger, reservation('signed', 1n))
      for (const event of ['sent', 'settled', 'dead'] as const)
        await buy(ledger, reservation(event, 1n), event)
      expect((await ledger.outstanding()).map(({ id }) => id).sort()).toEqual(['sent', 'signed'])
    })
  })

  describe('a frozen ledger', () => {
    it('reserves nothing until it is thawed, and says why, since when, and by whom', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const nowMs = clock.nowMs()
      expect(await ledger.status()).toEqual({ frozen: undefined, restored: undefined, unwritten: 0, nowMs })
      await ledger.freeze('the key may be known')
      await expect(ledger.reserve(reservation('1', 1n))).rejects.toMatchObject({
        code: 'ledger/frozen',
        moneyState: 'none',
        context: { reason: 'the key may be known' }
      })
      const { frozen } = await ledger.status()
      expect(frozen).toEqual({
        reason: 'the key may be known',
        sinceMs: clock.nowMs(),
        by: expect.stringMatching(/process|page of|Worker/)
      })
      expect(await ledger.evaluate(reservation('1', 1n))).toMatchObject({ kind: 'frozen' })
      await ledger.freeze(undefined)
      await ledger.reserve(reservation('1', 1n))
    })

    it('takes no signature of what was reserved before, which is not sent then', async () => {
      const ledger = await open()
      for (const id of ['1', '2']) await ledger.reserve(reservation(id, 1n))
      await ledger.recordEvent('2', signed)
      await ledger.freeze('the key may be known')
      const frozen = { code: 'ledger/frozen', moneyState: 'signed' }
      await expect(ledger.recordEvent('1', signed)).rejects.toMatchObject(frozen)
      await expect(ledger.recordEvent('2', { ...signed, type: 'reissued' })).rejects.toMatchObject(frozen)
      await ledger.recordEvent('1', { type: 'discarded' })
      expect(await ledger.recordEvent('2', { type: 'sent' })).toMatchObject({ state: 'sent' })
      expect(await ledger.find({ id: '1' })).toMatchObject({ state: 'released' })
    })

    it('gives no purchase to be sent again either, and says where its money is', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'failed')
      await ledger.freeze('the key may be known')
      await expect(ledger.resume(equal())).rejects.toMatchObject({
        code: 'ledger/frozen',
        moneyState: 'sent'
      })
      expect(await ledger.resume(equal({ fingerprint: 'g' }))).toEqual({ kind: 'nothing' })
      await ledger.freeze(undefined)
      expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed', purchase: { id: '1' } })
    })
  })

  describe('at once', () => {
    it('many reservations fill a budget exactly', async () => {
      const ledger = await open()
      const guards = { budgets: [total(100n)] }
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) => ledger.reserve(reservation(`${index}`, 3n, guards)))
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(33)
    })

    it('many equal calls resume one purchase once', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 1n), 'failed')
      const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.resume(equal())))
      expect(answers.filter(({ kind }) => kind === 'resumed')).toHaveLength(1)
    })
  })

  describe('a transfer that the chain shows and nobody knows', () => {
    const debit = {
      network: 'eip155:8453',
      asset: '0xa',
      transaction: '0x1',
      reference: '0xd',
      payTo: '0xb',
      amountAtomic: 7n,
      atMs: 1_000_000_000_000
    } as const

    it('M31: is entered as settled, once, and counts in history, budgets and windows by the time of its block', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      const entered = await ledger.recordDebit(debit)
      expect(entered).toMatchObject({ kind: 'debit', state: 'settled', settledAtMs: debit.atMs })
      expect(await ledger.recordDebit(debit)).toBeUndefined()
      const listed: unknown[] = []
      for await (const purchase of ledger.history()) listed.push(purchase)
      expect(listed).toMatchObject([{ kind: 'debit', transaction: '0x1', offer: { cost: 7n } }])
      const day = total(10n, { windowMs: 24 * HOUR_MS })
      expect(await ledger.usage([total(10n), day])).toMatchObject([{ used: 7n }, { used: 7n }])
      clock.set(debit.atMs + 25 * HOUR_MS)
      expect(await ledger.usage([total(10n), day])).toMatchObject([{ used: 7n }, { used: 0n }])
    })
  })
}
