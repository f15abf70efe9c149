import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomicUsdc, BursarError, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { payable, serve } from '../../test/scripted-server.js'

/** A ledger, and what the flow asks of it that writes. */
function watched(inner: Ledger, change: Partial<Ledger> = {}): { ledger: Ledger; asked: string[] } {
  const asked: string[] = []
  const ledger: Ledger = {
    ...inner,
    async reserve(reservation, options) {
      asked.push(options?.sign ? 'reserve and sign' : 'reserve')
      return (change.reserve ?? inner.reserve)(reservation, options)
    },
    async recordEvent(id, event) {
      asked.push(event.type)
      return (change.recordEvent ?? inner.recordEvent)(id, event)
    }
  }
  return { ledger, asked }
}

function sqlite(): Ledger {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-commit-'))
  const ledger = sqliteLedger({ path: join(folder, 'ledger.db') })
  onTestFinished(async () => {
    await ledger.close()
    rmSync(folder, { recursive: true })
  })
  return ledger
}

const fails = async (): Promise<never> => {
  throw new BursarError('ledger/unavailable', {
    message: 'The disk is full.',
    context: { reason: 'the disk is full' },
    moneyState: 'none'
  })
}

describe('a payer', () => {
  it.each([
    ['without a wait signs in the step that takes the cost', true, ['reserve and sign', 'sent']],
    ['that must be waited for signs after it', false, ['reserve', 'signed']]
  ] as const)('%s, and sends nothing before', async (_, isSync, first) => {
    const { ledger, asked } = watched(memoryLedger())
    const server = await serve(payable)
    const { bursar, payer, events } = paying({ ledger })
    payer.isSync = isSync
    await (await bursar.fetch(server.url)).text()
    expect(asked.slice(0, 2)).toEqual(first)
    const types = events.map(({ type }) => type)
    expect(types.slice(0, 4)).toEqual(['challenged', 'reserved', 'signed', 'sent'])
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a payer that signs without a wait', () => {
  it.each([
    ['in memory', memoryLedger],
    ['in SQLite', sqlite]
  ])('signs nothing that does not fit, %s', async (_, open) => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger: open(), limits: { payment: '0.05', total: '0.015' } })
    payer.isSync = true
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'offer/over-limit',
      moneyState: 'none'
    })
    expect(payer.signed).toHaveLength(1)
  })

  it.each([
    ['in memory', memoryLedger],
    ['in SQLite', sqlite]
  ])('signs nothing for a caller who has given up meanwhile, and holds nothing, %s', async (_, open) => {
    const server = await serve(payable)
    const controller = new AbortController()
    const inner = open()
    const { ledger } = watched(inner, {
      reserve(reservation, options) {
        controller.abort(new Error('changed my mind'))
        return inner.reserve(reservation, options)
      }
    })
    const { bursar, payer } = paying({ ledger })
    payer.isSync = true
    const error = await rejection(bursar.fetch(server.url, { signal: controller.signal }))
    expect(error).toHaveProperty('message', 'changed my mind')
    expect([payer.signed, await inner.outstanding(), server.paid()]).toEqual([[], [], []])
  })
})

describe('a payer that signs without a wait, when dead authorizations hold the budget', () => {
  it('signs once, after they have given it back', async () => {
    const server = await serve((arrival, response, index) =>
      arrival.payment && index < 2 ? void response.socket?.destroy() : payable(arrival, response, index)
    )
    const { bursar, payer } = paying({ limits: { payment: '0.05', total: '0.015' }, resend: { times: 0 } })
    payer.isSync = true
    payer.validitySeconds = -1
    await rejection(bursar.fetch(server.url))
    payer.status = 'dead'
    expect((await bursar.fetch(`${server.url}/other`)).status).toBe(200)
    expect(payer.signed).toHaveLength(2)
  })
})

const refusesSigned = (inner: Ledger): Partial<Ledger> => ({
  async reserve(reservation, options) {
    if (!options?.sign) return inner.reserve(reservation)
    options.sign()
    return fails()
  },
  recordEvent: async (id, event) => (event.type === 'signed' ? fails() : inner.recordEvent(id, event))
})

describe('a payment that was signed and could not be written down', () => {
  it.each([
    ['with its reservation', true],
    ['after it', false]
  ])('%s is not sent, and its error says that it was signed', async (_, isSync) => {
    const inner = memoryLedger()
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger: watched(inner, refusesSigned(inner)).ledger })
    payer.isSync = isSync
    const error = await rejection(bursar.fetch(server.url))
    expect(error).toMatchObject({ code: 'ledger/unavailable', moneyState: 'signed' })
    expect(error).toHaveProperty('cause.code', 'ledger/unavailable')
    expect(payer.signed).toHaveLength(1)
    expect(server.paid()).toEqual([])
  })

  it('but is there after all, is discarded: an equal call pays anew, and that alone is sent', async () => {
    const inner = memoryLedger()
    let isDiskFull = true
    const { ledger } = watched(inner, {
      async reserve(reservation, options) {
        const reserved = await inner.reserve(reservation, options)
        return isDiskFull ? fails() : reserved
      }
    })
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger })
    payer.isSync = true
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ moneyState: 'signed' })
    isDiskFull = false
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(await inner.outstanding()).toEqual([])
    expect(payer.signed).toHaveLength(2)
    expect(server.paid()).toHaveLength(1)
  })

  it('is no such payment when the ledger failed before anything was signed: its error says none', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger: watched(memoryLedger(), { reserve: fails }).ledger })
    payer.isSync = true
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'ledger/unavailable',
      moneyState: 'none'
    })
    expect(payer.signed).toEqual([])
  })
})

it('sends nothing that a wallet signs after payments were frozen', async () => {
  for (const inner of [memoryLedger(), sqlite()]) {
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger: inner })
    payer.signing = () => inner.freeze('the key may be known')
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'ledger/frozen',
      message: expect.stringContaining('is not sent'),
      moneyState: 'signed'
    })
    expect(payer.signed).toHaveLength(1)
    expect(server.paid()).toEqual([])
    expect(await inner.outstanding()).toEqual([])
    const [used] = await inner.usage([{ name: 'total', limit: atomicUsdc(1n) }])
    expect(used?.used).toBe(0n)
  }
})
