import {
  atomicUsdc,
  type Budget,
  type Clock,
  type Reservation,
  type SignedPayment,
  systemClock
} from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { memoryLedger } from './memory-ledger.js'

const HOUR_MS = 3_600_000
const total = (limit: bigint, more: Partial<Budget> = {}): Budget => ({
  name: 'total',
  limit: atomicUsdc(limit),
  ...more
})

function reservation(
  id: string,
  cost: bigint,
  budgets: readonly Budget[] = [],
  host = 'a.example'
): Reservation {
  return {
    id,
    fingerprint: 'f',
    method: 'POST',
    origin: `https://${host}`,
    path: '/',
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: cost,
      cost: atomicUsdc(cost)
    },
    budgets,
    labels: {}
  }
}

const payment: SignedPayment = {
  network: 'eip155:8453',
  asset: '0xa',
  payer: '0xc',
  payTo: '0xb',
  amountAtomic: 1n,
  reference: '0xd',
  expiresAtSeconds: 1,
  deathMark: 1n,
  payload: {}
}
const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } } as const

function handClock(): Clock & { set(ms: number): void } {
  let now = 1_000_000_000_000
  return {
    ...systemClock,
    nowMs: () => now,
    set(ms) {
      now = ms
    }
  }
}

describe('budgets', () => {
  it('take what is reserved at once and refuse what does not fit', async () => {
    const ledger = memoryLedger()
    await ledger.reserve(reservation('1', 6n, [total(10n)]))
    await expect(ledger.reserve(reservation('2', 5n, [total(10n)]))).rejects.toMatchObject({
      code: 'offer/over-limit',
      moneyState: 'none',
      context: { limit: 'total', allowed: '0.00001', asked: '0.000005', used: '0.000006' }
    })
    await ledger.reserve(reservation('3', 4n, [total(10n)]))
  })

  it('give back what is released or proven dead, and nothing else', async () => {
    const ledger = memoryLedger()
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
    const ledger = memoryLedger({ clock })
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
    const ledger = memoryLedger({ clock })
    for (const id of ['1', '2']) {
      await ledger.reserve(reservation(id, 5n))
      await ledger.advance(id, signed)
      await ledger.advance(id, { type: 'settled' })
      clock.set(clock.nowMs() - 48 * HOUR_MS)
    }
    expect((await ledger.check(reservation('x', 1n, [total(10n, { windowMs: 24 * HOUR_MS })])))?.used).toBe(
      10n
    )
  })

  it('of one host do not count another', async () => {
    const ledger = memoryLedger()
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
    const ledger = memoryLedger()
    await ledger.reserve(reservation('1', 1n))
    await ledger.advance('1', { type: 'released' })
    await expect(ledger.advance('1', signed)).rejects.toMatchObject({ code: 'ledger/conflict' })
  })

  it('that settled cannot be buried, and one that is dead cannot settle', async () => {
    const ledger = memoryLedger()
    for (const [id, first, second] of [
      ['1', 'settled', 'dead'],
      ['2', 'dead', 'settled']
    ] as const) {
      await ledger.reserve(reservation(id, 1n))
      await ledger.advance(id, signed)
      await ledger.advance(id, { type: first })
      await expect(ledger.advance(id, { type: second })).rejects.toMatchObject({ code: 'ledger/conflict' })
    }
  })

  it('keeps its budget while a dead authorization is replaced', async () => {
    const ledger = memoryLedger()
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
    const ledger = memoryLedger()
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
    const ledger = memoryLedger({ clock })
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
    await expect(memoryLedger().advance('x', { type: 'sent' })).rejects.toMatchObject({
      code: 'ledger/conflict'
    })
  })
})
