import {
  atomicUsdc,
  type Budget,
  bytesOf,
  type Clock,
  type Ledger,
  type PaymentReservation
} from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Pruned } from '../stores/pruned.js'
import {
  at,
  buy,
  countingSigner,
  equal,
  type HandClock,
  HOUR_MS,
  handClock,
  paidTo,
  reservation,
  signed,
  total,
  used
} from './samples.js'

/** A ledger, and what is done to it as a whole. */
export interface CaredLedger {
  readonly ledger: Ledger
  prune(keepMs: number): Promise<Pruned>
  /** Backs it up, and restores the backup where there is no ledger. */
  restoreElsewhere(): Promise<Ledger>
}

const DAY_MS = 24 * HOUR_MS
const KEEP_MS = 62 * DAY_MS

const windows: readonly Budget[] = [
  total(0n),
  ...[1, 7, 31].map((days) => ({ name: `${days} d`, limit: atomicUsdc(0n), windowMs: days * DAY_MS })),
  { name: 'host', limit: atomicUsdc(0n), host: 'a.example', windowMs: 31 * DAY_MS },
  { name: 'label', limit: atomicUsdc(0n), label: { name: 'agent', value: 'a' } }
]

const usageOf = async (ledger: Ledger) => (await ledger.usage(windows)).map(({ used }) => used)

async function idsOf(ledger: Ledger): Promise<readonly string[]> {
  const found: string[] = []
  for await (const { id } of ledger.history()) found.unshift(id)
  return found
}

/** Each with a fingerprint of its own. */
const apart = (id: string, more: Partial<PaymentReservation> = {}): PaymentReservation => ({
  ...reservation(id, 7n),
  fingerprint: id,
  ...more
})

type Cared = CaredLedger & { readonly clock: HandClock; goOn(ms: number): void }

/** How every store forgets, and how it is restored. */
export function careContract(openLedger: (clock: Clock) => CaredLedger | Promise<CaredLedger>): void {
  async function open(): Promise<Cared> {
    const clock = handClock()
    const cared = await openLedger(clock)
    onTestFinished(() => cared.ledger.close())
    return { ...cared, clock, goOn: (ms) => clock.set(clock.nowMs() + ms) }
  }
  describe('what is forgotten', () => forgettingContract(open))
  describe('a ledger that was restored from a backup', () => restoringContract(open))
}

function forgettingContract(open: () => Promise<Cared>): void {
  it('is what is long over, and no limit sees a difference, now or later', async () => {
    const { ledger, prune, goOn } = await open()
    for (let day = 0; day < 100; day++) {
      await buy(
        ledger,
        apart(`d${day}`, { labels: day % 2 === 0 ? { agent: 'a' } : {} }),
        'settled',
        'answered'
      )
      await ledger.noteJob({ job: `j${day}`, origin: 'https://a.example', labels: {} })
      goOn(DAY_MS)
    }
    goOn(DAY_MS / 2)
    const before = await usageOf(ledger)
    expect(before.map(String)).toEqual(['700', '0', '42', '210', '210', '350'])
    const { purchases, jobs, untilMs } = await prune(KEEP_MS)
    expect([purchases, jobs]).toEqual([39, 39])
    expect((await idsOf(ledger))[0]).toBe('d39')
    expect(await usageOf(ledger)).toEqual(before)
    expect((await ledger.status()).forgottenUntilMs).toBe(untilMs)
    // The windows move on as they would have.
    goOn(20 * DAY_MS)
    await buy(ledger, apart('later'), 'settled', 'answered')
    expect((await usageOf(ledger)).map(String)).toEqual(['707', '7', '7', '77', '77', '350'])
    expect((await prune(KEEP_MS)).purchases).toBe(20)
    expect((await usageOf(ledger)).map(String)).toEqual(['707', '7', '7', '77', '77', '350'])
    expect((await idsOf(ledger)).length).toBe(42)
  })

  it('is never what is open, can still settle, has a name, or shows the payee of a host', async () => {
    const { ledger, prune, goOn } = await open()
    await ledger.reserve(apart('reserved'))
    await buy(ledger, apart('signed'))
    await buy(ledger, apart('sent'), 'sent')
    await buy(ledger, apart('unanswered'), 'settled')
    await buy(ledger, apart('named', { name: 'invoice-42' }), 'settled', 'answered')
    await buy(ledger, apart('old'), 'settled', 'answered')
    await buy(ledger, at('https://b.example/', apart('pinned')), 'settled', 'answered')
    await ledger.reserve(apart('released'))
    for (const type of ['released', 'answered'] as const) await ledger.recordEvent('released', { type })
    await buy(ledger, apart('newest'), 'settled', 'answered')
    goOn(100 * DAY_MS)
    const before = await usageOf(ledger)
    expect((await prune(KEEP_MS)).purchases).toBe(2)
    const left = ['reserved', 'signed', 'sent', 'unanswered', 'named', 'pinned', 'newest']
    expect(await idsOf(ledger)).toEqual(left)
    expect(await usageOf(ledger)).toEqual(before)
    await expect(ledger.reserve(apart('again', { name: 'invoice-42' }))).rejects.toMatchObject({
      code: 'purchase/name-taken'
    })
    const moved = at('https://b.example/', paidTo('0xother', apart('moved')))
    const guards = { budgets: [], pinsPayee: true }
    expect(await ledger.evaluate({ ...moved, guards })).toMatchObject({ kind: 'payee-moved' })
  })

  it('leaves no number to be given twice: a call that looked before finds what was bought since', async () => {
    const { ledger, prune, goOn } = await open()
    await buy(ledger, apart('first'), 'settled', 'answered')
    await ledger.reserve(apart('last'))
    for (const type of ['released', 'answered'] as const) await ledger.recordEvent('last', { type })
    goOn(100 * DAY_MS)
    const later = equal({ fingerprint: 'later', inFlight: 'join' })
    const { look } = await ledger.look(later)
    await prune(KEEP_MS)
    await buy(ledger, apart('later'), 'settled', 'answered')
    const found = await ledger.resume({ ...later, look })
    expect(found).toMatchObject({ kind: 'answered', purchase: { id: 'later' } })
  })

  it('may not be what a window of a limit could reach', async () => {
    const { prune } = await open()
    for (const keepMs of [0, 61 * DAY_MS, Number.NaN, -1])
      await expect(prune(keepMs)).rejects.toThrow(TypeError)
  })
}

function restoringContract(open: () => Promise<Cared>): void {
  it('has all that there was, and pays nothing until it was compared with the chain', async () => {
    const { ledger, restoreElsewhere, goOn } = await open()
    for (const id of ['1', '2', '3']) {
      await buy(ledger, apart(id, { labels: { agent: 'a' } }), 'settled', 'answered')
      goOn(DAY_MS)
    }
    await buy(ledger, apart('named', { name: 'invoice-42' }), 'settled', 'answered')
    await ledger.noteJob({ job: 'j', purchase: 'named', origin: 'https://a.example', labels: { agent: 'a' } })
    await buy(ledger, apart('out'), 'sent')
    const { sign, calls } = countingSigner()
    const restored = await restoreElsewhere()
    expect((await restored.status()).restored?.reason).toMatch(
      /^it was restored from a backup of 2001-09-12T01:46:40.000Z; it must be compared with the chain/
    )
    expect(await idsOf(restored)).toEqual(await idsOf(ledger))
    expect(await restored.find({ id: '2' })).toEqual(await ledger.find({ id: '2' }))
    expect(await usageOf(restored)).toEqual(await usageOf(ledger))
    const jobs: unknown[] = []
    for await (const job of restored.jobs()) jobs.push(job)
    expect(jobs).toMatchObject([{ job: 'j', purchase: 'named', labels: { agent: 'a' } }])
    await expect(restored.reserve(apart('next'), { sign })).rejects.toMatchObject({
      code: 'ledger/unavailable',
      moneyState: 'none'
    })
    expect(calls()).toBe(0)
    await restored.markReconciled()
    expect((await restored.status()).restored).toBeUndefined()
    // Seven each of five are spent or out.
    const guards = (limit: bigint) => ({ guards: { budgets: [total(limit)] } })
    await expect(restored.reserve(apart('next', guards(41n)), { sign })).rejects.toMatchObject({
      code: 'offer/over-limit'
    })
    expect(calls()).toBe(0)
    await expect(restored.reserve(apart('again', { name: 'invoice-42' }))).rejects.toMatchObject({
      code: 'purchase/name-taken'
    })
    await restored.reserve(apart('next', guards(42n)), { sign })
    expect(calls()).toBe(1)
    expect(await used(restored)).toBe(42n)
  })

  it('counts what was paid since the backup, once that is known', async () => {
    const { ledger, restoreElsewhere, clock } = await open()
    await buy(ledger, apart('1'), 'settled', 'answered')
    const restored = await restoreElsewhere()
    await restored.recordDebit({
      network: 'eip155:8453',
      asset: '0xa',
      transaction: '0x1',
      reference: '0xe',
      payTo: '0xb',
      amountAtomic: 28n,
      atMs: clock.nowMs()
    })
    await restored.markReconciled()
    expect(await used(restored)).toBe(35n)
    expect(await used(ledger)).toBe(7n)
  })

  it('carries on what was out, with the very bytes that were signed', async () => {
    const { ledger, restoreElsewhere, goOn } = await open()
    await ledger.reserve(apart('out'), { sign: () => signed })
    await ledger.recordEvent('out', { type: 'failed' })
    const restored = await restoreElsewhere()
    goOn(HOUR_MS)
    await restored.markReconciled()
    const found = await restored.resume(equal({ fingerprint: 'out', windowMs: DAY_MS }))
    expect(found).toMatchObject({ kind: 'resumed', purchase: { id: 'out' } })
    const [purchase] = await restored.outstanding()
    expect(purchase && bytesOf(purchase)?.header).toEqual(signed.header)
  })

  it('is frozen, and has forgotten, where its original was and had', async () => {
    const { ledger, prune, restoreElsewhere, goOn } = await open()
    for (const id of ['1', '2']) await buy(ledger, apart(id), 'settled', 'answered')
    goOn(100 * DAY_MS)
    const { untilMs } = await prune(KEEP_MS)
    await ledger.freeze('a leak')
    const restored = await restoreElsewhere()
    const { frozen, forgottenUntilMs } = await restored.status()
    expect([frozen?.reason, forgottenUntilMs]).toEqual(['a leak', untilMs])
    expect((await ledger.status()).restored).toBeUndefined()
  })
}
