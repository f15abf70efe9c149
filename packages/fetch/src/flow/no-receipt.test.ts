import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomicUsdc, type Clock, type Ledger, systemRandom } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'

const HOUR_MS = 3_600_000

/** A server that is paid, and sends no receipt. */
const silent = (offerOf: (path: string) => object = () => ({})) =>
  serve(({ payment, path }, response) =>
    payment ? void response.end('paid') : challenge(response, [{ ...offer, ...offerOf(path) }])
  )

function sqlite({ clock }: { clock: Clock }): Ledger {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-silent-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return sqliteLedger({ path: join(folder, 'ledger.db'), clock })
}

/** Payments that were sent and answered, of which nobody knows what became of them. */
async function sendMany(ledger: Ledger, clock: Clock, count: number): Promise<void> {
  const expiresAtSeconds = Math.floor(clock.nowMs() / 1000) + 300
  const send = async (id: string): Promise<void> => {
    const terms = {
      network: 'eip155:8453',
      asset: offer.asset,
      payTo: offer.payTo,
      amountAtomic: 200n
    } as const
    const payment = {
      ...terms,
      payer: '0xc',
      reference: `0x${id}`,
      expiresAtSeconds,
      expiry: 1n,
      payload: {}
    }
    const header = { name: 'PAYMENT-SIGNATURE', value: id } as const
    await ledger.reserve(
      {
        ...{ kind: 'payment', id, fingerprint: id, method: 'GET', origin: 'https://a.example', path: '/' },
        ...{ payer: '0xc', guards: { budgets: [] }, labels: {} },
        offer: { ...terms, dialect: 'x402-v2', cost: atomicUsdc(200n) }
      },
      { sign: () => ({ type: 'signed', payment, header }) }
    )
    for (const type of ['sent', 'answered'] as const) await ledger.recordEvent(id, { type })
  }
  await Promise.all(Array.from({ length: count }, (_, index) => send(`many-${index}`)))
}

const ledgers = [
  ['in memory', memoryLedger],
  ['in SQLite', sqlite]
] as const

describe.each(ledgers)('a payment that is answered without a receipt, %s,', (_, open) => {
  it('M12: has left the window when the chain says that it settled before', async () => {
    const clock = new StoppedClock()
    const server = await silent()
    const limits = { payment: '1', day: '0.05' }
    const { bursar, payer } = paying({ clock, ledger: open({ clock }), limits })
    payer.nowMs = () => clock.nowMs()
    const settledAtSeconds = Math.floor(clock.nowMs() / 1000)
    payer.getSettlementStatus = async () => ({ status: 'open' })
    for (let call = 0; call < 5; call++) await (await bursar.fetch(server.url)).text()
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'offer/over-limit' })
    payer.getSettlementStatus = async () => ({ status: 'settled', settledAtSeconds })
    clock.advance(25 * HOUR_MS)
    expect((await bursar.fetch(server.url)).status).toBe(200)
  })

  it('is asked about in the background soon after the answer, and enters with the time of the chain', async () => {
    const clock = new StoppedClock()
    const server = await silent()
    const ledger = open({ clock })
    const { bursar, payer, events } = paying({ clock, ledger })
    payer.nowMs = () => clock.nowMs()
    const settledAtSeconds = Math.floor(clock.nowMs() / 1000) + 7
    let asked = 0
    payer.getSettlementStatus = async () => {
      asked++
      return asked < 3 ? { status: 'open' } : { status: 'settled', settledAtSeconds }
    }
    await (await bursar.fetch(server.url)).text()
    await until(() => events.some(({ type }) => type === 'answered'))
    for (const [count, ms] of [
      [1, 10_000],
      [2, 30_000],
      [3, 120_000]
    ] as const) {
      clock.advance(ms)
      await until(() => asked === count)
    }
    await until(() => events.some(({ type }) => type === 'settled'))
    expect(await ledger.outstanding()).toEqual([])
    for await (const purchase of ledger.history())
      expect(purchase).toMatchObject({ state: 'settled', settledAtMs: settledAtSeconds * 1000 })
  })

  it('M41: is one of twenty that a call over the limit asks about; the others are asked about after it', async () => {
    const clock = new StoppedClock()
    const server = await silent()
    const ledger = open({ clock })
    const options = { clock, ledger, limits: { payment: '1', total: '0.5' } }
    const first = paying(options)
    first.payer.nowMs = () => clock.nowMs()
    for (let call = 0; call < 50; call++) await (await first.bursar.fetch(server.url)).text()
    clock.advance(HOUR_MS)
    const { bursar, payer } = paying(options)
    payer.nowMs = () => clock.nowMs()
    const asked: string[] = []
    let isRefused = false
    let askedByCall = 0
    payer.getSettlementStatus = async ({ reference }) => {
      asked.push(reference)
      if (!isRefused) askedByCall++
      return { status: 'settled' }
    }
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'offer/over-limit' })
    isRefused = true
    expect(askedByCall).toBeLessThanOrEqual(20)
    clock.advance(1_000)
    await until(() => new Set(asked).size === 50)
    // What the chain said is written a moment after it was asked.
    await until(async () => (await ledger.outstanding()).length === 0)
  })

  it('M41: may be one of 5,000: a call asks about twenty within its signal, the next process about others', async () => {
    const clock = new StoppedClock()
    const server = await silent()
    const ledger = open({ clock })
    await sendMany(ledger, clock, 5_000)
    clock.advance(HOUR_MS)
    const limits = { payment: '1', total: '1' }
    const asked: string[][] = []
    let status: 'open' | 'settled' = 'open'
    for (const start of [0, 7]) {
      const random = (length: number) => (length === 2 ? new Uint8Array([start, 0]) : systemRandom(length))
      const { bursar, payer } = paying({ clock, ledger, limits, random })
      payer.nowMs = () => clock.nowMs()
      const references: string[] = []
      asked.push(references)
      payer.getSettlementStatus = async ({ reference }) => {
        references.push(reference)
        return { status }
      }
      const call = bursar.fetch(server.url, { signal: AbortSignal.timeout(30_000) })
      expect(await rejection(call)).toMatchObject({ code: 'offer/over-limit' })
      expect(references).toHaveLength(20)
    }
    expect(new Set(asked.flat()).size).toBe(40)
    // What neither call asked about is asked about in the background, and counts by what the chain says.
    status = 'settled'
    clock.advance(1_000)
    await until(() => new Set(asked.flat()).size === 5_000)
    await until(async () => (await ledger.outstanding()).length <= 40)
  })

  it('M21: pins its payee', async () => {
    const clock = new StoppedClock()
    const server = await silent((path) => ({ payTo: `0x${path.slice(1, 3).repeat(20)}` }))
    const { bursar, payer } = paying({ clock, ledger: open({ clock }), allow: { payees: 'pin' } })
    await (await bursar.fetch(`${server.url}/aa`)).text()
    expect(await rejection(bursar.fetch(`${server.url}/bb`))).toMatchObject({
      code: 'offer/payee-refused',
      moneyState: 'none'
    })
    expect((await bursar.fetch(`${server.url}/aa?again`)).status).toBe(200)
    expect(payer.signed).toHaveLength(2)
  })

  it('M23: pins its payee before its answer, so that calls at once pay one', async () => {
    const clock = new StoppedClock()
    let index = 10
    const server = await silent(() => ({ payTo: `0x${String(index++).repeat(20)}` }))
    const { bursar, payer } = paying({ clock, ledger: open({ clock }), allow: { payees: 'pin' } })
    await Promise.allSettled([1, 2, 3, 4, 5].map(() => bursar.fetch(server.url)))
    expect(new Set(payer.signed.map(({ payTo }) => payTo)).size).toBe(1)
  })

  it('M22: is what a later price is checked against', async () => {
    const clock = new StoppedClock()
    let amount = '10000'
    const server = await silent(() => ({ amount }))
    const options = { clock, ledger: open({ clock }), limits: { payment: '1' }, maxPriceIncrease: 3 }
    const { bursar, payer } = paying(options)
    await (await bursar.fetch(server.url)).text()
    amount = '900000'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'offer/over-limit',
      context: { limit: 'maxPriceIncrease', requested: '0.9', used: '0.01' }
    })
    expect(payer.signed).toHaveLength(1)
  })
})

describe.each(ledgers)('M19: a budget for each value of a label, %s,', (_, open) => {
  it.each([
    ['no labels', {}],
    ['a label that is undefined', { labels: { agent: undefined } }],
    ['a label that is null', { labels: { agent: null as unknown as undefined } }]
  ])('is shared by calls with %s', async (__, options) => {
    const clock = new StoppedClock()
    const server = await silent()
    const limits = { payment: '1', perLabel: { agent: { total: '0.02' } } }
    const { bursar, payer } = paying({ clock, ledger: open({ clock }), limits })
    await Promise.allSettled(Array.from({ length: 6 }, () => bursar.fetch(server.url, { bursar: options })))
    expect(payer.signed).toHaveLength(2)
    expect((await bursar.fetch(server.url, { bursar: { labels: { agent: 'a' } } })).status).toBe(200)
  })
})
