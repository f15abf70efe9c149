import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../test/until.js'
import { buy, heldServer } from '../../test/held-server.js'
import { paying, rejection } from '../../test/paying.js'
import { amountOf, priced } from '../../test/priced-server.js'
import { challenge, receiptHeader, serve, settle } from '../../test/scripted-server.js'
import type { PayingFetchOptions } from '../index.js'

describe('M16: an equal call of another bursar on the ledger', () => {
  it('that is answered while this one asks for its price is shared all the same', async () => {
    let askedAgain = (): void => {}
    const secondAsks = new Promise<void>((resolve) => {
      askedAgain = resolve
    })
    let release = (): void => {}
    const firstIsAnswered = new Promise<void>((resolve) => {
      release = resolve
    })
    let unpaid = 0
    const server = await serve(async (arrival, response) => {
      if (arrival.payment) {
        if (unpaid === 1) await secondAsks
        return settle(response, 'bought')
      }
      if (++unpaid === 1) return challenge(response)
      askedAgain()
      await firstIsAnswered
      return challenge(response)
    })
    const ledger = memoryLedger()
    const [one, other] = [paying({ ledger, inFlight: 'join' }), paying({ ledger, inFlight: 'join' })]
    const first = one.bursar.fetch(server.url, buy)
    await until(() => server.paid().length === 1)
    const second = other.bursar.fetch(server.url, buy)
    expect(await (await first).text()).toBe('bought')
    release()
    expect(await (await second).text()).toBe('bought')
    expect(one.payer.signed.length + other.payer.signed.length).toBe(1)
  })
})

it('M14: a call never sends the bytes of another purchase than the one that was answered', async () => {
  const server = await heldServer()
  const ledger = memoryLedger()
  const first = paying({ ledger }).bursar.fetch(server.url, buy)
  await server.paidCalls(1)
  const [seen] = await ledger.outstanding()
  if (!seen) throw new TypeError('The first call is in flight')
  const ended = { ...seen, id: 'another' }
  const { bursar, payer } = paying({
    ledger: {
      ...ledger,
      look: async () => ({ look: { sessions: {}, newest: 0 }, joined: seen }),
      resume: async () => ({ kind: 'answered', purchase: ended })
    },
    inFlight: 'join'
  })
  expect(await rejection(bursar.fetch(server.url, buy))).toMatchObject({ context: { purchase: 'another' } })
  expect([server.paid().length, payer.signed.length]).toEqual([1, 0])
  server.release()
  await (await first).text()
})

describe('M16: an equal call of another process, while the first waits for its answer', () => {
  /** Ledgers that go by different clocks share no session, as if in two processes. */
  function twoProcesses(options: Partial<PayingFetchOptions> = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-joined-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const process = (own: Partial<PayingFetchOptions> = {}) => {
      const ledger = sqliteLedger({ path: join(folder, 'ledger.db'), clock: { ...systemClock } })
      let looks = 0
      const resume: Ledger['resume'] = (query, options) => {
        looks++
        return ledger.resume(query, options)
      }
      const setup = paying({ ledger: { ...ledger, resume }, inFlight: 'join', ...own })
      return { ...setup, looks: () => looks }
    }
    return [process(), process(options)] as const
  }

  it('asks again until that has ended, and has the answer to the same bytes', async () => {
    const server = await heldServer()
    const [one, other] = twoProcesses()
    const first = one.bursar.fetch(server.url, buy)
    await server.paidCalls(1)
    const second = other.bursar.fetch(server.url, buy)
    await until(() => other.looks() > 2)
    expect(server.paid()).toHaveLength(1)
    server.release()
    for (const response of await Promise.all([first, second])) expect(await response.text()).toBe('bought')
    expect(one.payer.signed.length + other.payer.signed.length).toBe(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it('has the answer to the same bytes where the payment had settled, and its answer was still on its way', async () => {
    let finish = (): void => {}
    const whole = new Promise<void>((resolve) => {
      finish = resolve
    })
    const server = await serve(async (arrival, response) => {
      if (!arrival.payment) return challenge(response)
      response.writeHead(200, { 'PAYMENT-RESPONSE': receiptHeader() }).write('bou')
      await whole
      response.end('ght')
    })
    const [one, other] = twoProcesses()
    const first = await one.bursar.fetch(server.url, buy)
    expect(one.bursar.receiptOf(first)).toMatchObject({ moneyState: 'settled' })
    const second = other.bursar.fetch(server.url, buy)
    await until(() => other.looks() > 2)
    finish()
    expect(await first.text()).toBe('bought')
    expect(await (await second).text()).toBe('bought')
    expect(one.payer.signed.length + other.payer.signed.length).toBe(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it('says of a payment that settled for the first that it has, also where the same bytes bring no receipt', async () => {
    let finish = (): void => {}
    const whole = new Promise<void>((resolve) => {
      finish = resolve
    })
    let paid = 0
    const server = await serve(async (arrival, response) => {
      if (!arrival.payment) return challenge(response)
      if (++paid > 1) return void response.writeHead(422).end('used before')
      await whole
      settle(response, 'bought')
    })
    const [one, other] = twoProcesses()
    const first = one.bursar.fetch(server.url, buy)
    await until(() => server.paid().length === 1)
    const second = other.bursar.fetch(server.url, buy)
    await until(() => other.looks() > 2)
    finish()
    expect(await (await first).text()).toBe('bought')
    expect(other.bursar.receiptOf(await second)).toMatchObject({ moneyState: 'settled', resumed: true })
    expect(other.payer.signed).toEqual([])
  })

  it('never sends a remembered price again that the server refused, and has the answer to what it asks now', async () => {
    const [one, other] = twoProcesses()
    const looksAgain = () => {
      const before = other.looks()
      return until(() => other.looks() > before + 2)
    }
    let [price, held] = ['10000', 0]
    const server = await serve(async (arrival, response, index) => {
      // The other process sees in flight what is refused, and then what is paid in its place.
      if (arrival.payment && held-- > 0) await looksAgain()
      return priced(() => price)(arrival, response, index)
    })
    const remembering = { ...buy, bursar: { offers: 'remember' } } as const
    await (await one.bursar.fetch(server.url, remembering)).text()
    price = '20000'
    held = 2
    const first = one.bursar.fetch(server.url, remembering)
    await until(() => server.paid().length === 2)
    const second = other.bursar.fetch(server.url, buy)
    for (const response of await Promise.all([first, second])) expect(await response.text()).toBe('paid')
    expect(one.payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([10_000n, 10_000n, 20_000n])
    expect(other.payer.signed).toEqual([])
    expect(server.paid().filter(({ payment }) => amountOf(payment) === '10000')).toHaveLength(2)
  })

  it('is rejected as in progress when its own time is over, and signs nothing', async () => {
    const server = await heldServer()
    const [one, other] = twoProcesses({ timeouts: { afterPaymentMs: 800 } })
    const first = one.bursar.fetch(server.url, buy)
    await server.paidCalls(1)
    expect(await rejection(other.bursar.fetch(server.url, buy))).toMatchObject({
      code: 'purchase/in-progress',
      moneyState: 'none'
    })
    server.release()
    expect(await (await first).text()).toBe('bought')
    expect(other.payer.signed).toEqual([])
  })
})
