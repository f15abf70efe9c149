import { atomicUsdc, type Purchase, type SettledPayment, SignedBytes, type SignedPayment } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { csvLines, jsonLines, purchaseRecord } from './export.js'
import { sumOf, totals } from './totals.js'

const facts = {
  kind: 'payment',
  fingerprint: 'f',
  method: 'POST',
  origin: 'https://a.example',
  path: '/',
  payer: '0xc',
  offer: {
    dialect: 'x402-v2',
    network: 'eip155:8453',
    asset: '0xa',
    payTo: '0xb',
    amountAtomic: 7n,
    cost: atomicUsdc(7n)
  },
  labels: {},
  authorization: { payer: '0xc', reference: '0xd', expiresAtSeconds: 4_000_000_000 },
  reservedAtMs: Date.UTC(2026, 10, 21)
} as const
const settledAtMs = Date.UTC(2026, 10, 21)
const payment: SignedPayment = {
  ...facts.authorization,
  ...facts.offer,
  expiry: 4_000_000_000n,
  payload: { signature: 'the-signature-that-pays' }
}
const bytes = new SignedBytes(payment, { name: 'PAYMENT-SIGNATURE', value: 'the-header-that-pays' })

function purchase(id: string, more: Partial<SettledPayment> = {}): Purchase {
  const settled = {
    state: 'settled',
    settledAtMs,
    countedAtMs: settledAtMs,
    call: 'answered',
    endedAtMs: settledAtMs
  } as const
  return { ...facts, id, ...settled, ...more } as SettledPayment
}

async function* listed(...purchases: Purchase[]): AsyncGenerator<Purchase> {
  yield* purchases
}

const bought = () =>
  listed(
    purchase('1', { labels: { model: 'gen' } }),
    { ...facts, id: '2', state: 'sent', call: 'open', bytes, labels: { model: 'gen' } },
    purchase('3', { origin: 'https://b.example', reservedAtMs: Date.UTC(2026, 10, 20) }),
    { ...facts, id: '4', state: 'dead', call: 'failed', endedAtMs: settledAtMs }
  )

describe('totals', () => {
  it('add up what was spent and what still could be, by day, host or label', async () => {
    expect(await totals(bought(), 'day')).toEqual([
      { keys: ['2026-11-20'], settled: 1, spent: 7n, fromBalance: 0n, outstanding: 0n, ofTests: 0n },
      { keys: ['2026-11-21'], settled: 1, spent: 7n, fromBalance: 0n, outstanding: 7n, ofTests: 0n }
    ])
    expect((await totals(bought(), 'host')).map(({ keys, spent }) => [...keys, spent])).toEqual([
      ['a.example', 7n],
      ['b.example', 7n]
    ])
    expect(
      (await totals(bought(), { label: 'model' })).map(({ keys, settled }) => [...keys, settled])
    ).toEqual([
      ['', 1],
      ['gen', 1]
    ])
  })

  it('P53: add up by week and month, by several things at once, in a time zone, and to a sum', async () => {
    const keysBy = async (...of: Parameters<typeof totals> extends [unknown, ...infer Rest] ? Rest : never) =>
      (await totals(bought(), ...of)).map(({ keys }) => keys.join(' '))
    expect(await keysBy('week')).toEqual(['2026-W47'])
    expect(await keysBy('month')).toEqual(['2026-11'])
    expect(await keysBy(['host', 'day'])).toEqual(['a.example 2026-11-21', 'b.example 2026-11-20'])
    expect(await keysBy('day', { timeZone: 'America/New_York' })).toEqual(['2026-11-19', '2026-11-20'])
    expect(sumOf(await totals(bought(), 'host'))).toEqual({
      settled: 2,
      spent: 14n,
      fromBalance: 0n,
      outstanding: 7n,
      ofTests: 0n
    })
  })

  it('know weeks of ISO 8601 at the turn of a year', async () => {
    const at = (year: number, month: number, day: number) =>
      totals(listed(purchase('1', { reservedAtMs: Date.UTC(year, month - 1, day) })), 'week')
    expect((await at(2021, 1, 3))[0]?.keys).toEqual(['2020-W53'])
    expect((await at(2024, 12, 30))[0]?.keys).toEqual(['2025-W01'])
  })

  it('P55: have a name for top-ups, which carry no such label', async () => {
    const topUp = purchase('1', { labels: { 'top-up': 'https://a.example' } })
    const keys = async (by: Parameters<typeof totals>[1]) => (await totals(listed(topUp), by))[0]?.keys
    expect(await keys({ label: 'service' })).toEqual(['top-up'])
    expect(await keys('model')).toEqual(['top-up'])
  })

  it('take no time zone that there is not', async () => {
    await expect(totals(bought(), 'day', { timeZone: 'Mars/Olympus' })).rejects.toThrow(/is no time zone/)
    await expect(totals(bought(), [])).rejects.toThrow(/by is empty/)
  })
})

describe('what is exported', () => {
  it('is CSV with a header, in which nothing that a server chose is a formula', async () => {
    const lines: string[] = []
    const path = '=HYPERLINK("https://evil.example","a,b")'
    for await (const line of csvLines(listed(purchase('1', { path })))) lines.push(line)
    expect(lines[0]).toMatch(/^id,kind,name,reserved_at,.*,labels\r\n$/)
    expect(lines[1]).toContain(
      `,"'=HYPERLINK(""https://evil.example"",""a,b"")",0.000007,7,USDC,0.000007,,no,eip155:8453,Base,`
    )
  })

  it('P31: is JSON, a line each, without anything that pays, in the words of history and reconcile', async () => {
    const lines: string[] = []
    for await (const line of jsonLines(listed(purchase('1', { call: 'failed', bytes, job: 'request-1' }))))
      lines.push(line)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      id: '1',
      state: 'undelivered',
      amount: '0.000007',
      symbol: 'USDC',
      job: 'request-1'
    })
    expect(lines[0]).not.toContain('that-pays')
  })

  it('X135: names a token by its own symbol and amount, with what it counted as and the rate', async () => {
    const offer = {
      ...facts.offer,
      amountAtomic: 10n ** 18n,
      cost: atomicUsdc(1_080_000n),
      token: { symbol: 'EURX', decimals: 18, rate: '1.08' },
      isTest: true
    } as const
    expect(purchaseRecord(purchase('1', { offer }))).toMatchObject({
      amount: '1',
      symbol: 'EURX',
      usd: '1.08',
      rate: '1.08',
      test: 'yes'
    })
  })
})

it('X132: totals have what was spent in test money by itself', async () => {
  const offer = { ...facts.offer, isTest: true } as const
  expect(await totals(listed(purchase('1'), purchase('2', { offer })), 'host')).toEqual([
    { keys: ['a.example'], settled: 1, spent: 7n, fromBalance: 0n, outstanding: 0n, ofTests: 7n }
  ])
})

it('P27: totals can be written as JSON, with amounts as text', async () => {
  const found = await totals(listed(purchase('a')), 'day')
  expect(JSON.parse(JSON.stringify(found))[0]).toMatchObject({
    keys: ['2026-11-21'],
    spent: expect.any(String)
  })
})

it.each([
  [
    'dya',
    /^totals: by must be 'day' or 'week' or 'month' or 'host' or 'network' or 'payer' or 'model' or 'agent', not "dya"$/
  ],
  [{ lable: 'agent' }, /^totals: by\.lable is not an option; did you mean totals: by\.label\?$/]
])('totals by %o is an error', async (by, words) => {
  await expect(totals(listed(purchase('a')), by as never)).rejects.toThrow(words)
})

it('totals of no history is an error', async () => {
  await expect(totals(undefined as never, 'day')).rejects.toThrow('totals adds up a history')
})
