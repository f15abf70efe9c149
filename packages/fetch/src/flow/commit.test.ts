import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BursarError, type Ledger } from '@bursar/core'
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
    async reserve(reservation, sign) {
      asked.push(sign ? 'reserve and sign' : 'reserve')
      return (change.reserve ?? inner.reserve)(reservation, sign)
    },
    async advance(id, event) {
      asked.push(event.type)
      return (change.advance ?? inner.advance)(id, event)
    }
  }
  return { ledger, asked }
}

function sqlite(): Ledger {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-commit-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return sqliteLedger({ path: join(folder, 'ledger.db') })
}

const fails = async (): Promise<never> => {
  throw new BursarError('ledger/unavailable', {
    message: 'The disk is full.',
    context: { reason: 'the disk is full' },
    moneyState: 'none'
  })
}

describe('a payer that signs without a wait', () => {
  it('signs in the step that takes the cost out of the budgets, and one that cannot signs after it', async () => {
    for (const isInstant of [true, false]) {
      const { ledger, asked } = watched(memoryLedger())
      const server = await serve(payable)
      const { bursar, payer, events } = paying({ ledger })
      payer.isInstant = isInstant
      await (await bursar.fetch(server.url)).text()
      expect(asked.slice(0, 2)).toEqual(isInstant ? ['reserve and sign', 'sent'] : ['reserve', 'signed'])
      const told = events.map(({ type }) => type)
      expect(told.slice(0, 4)).toEqual(['challenged', 'reserved', 'signed', 'sent'])
      expect(payer.signed).toHaveLength(1)
    }
  })

  it.each([
    ['in memory', memoryLedger],
    ['in SQLite', sqlite]
  ])('signs nothing that does not fit, %s', async (_, open) => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger: open(), limits: { payment: '0.05', total: '0.015' } })
    payer.isInstant = true
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
      reserve(reservation, sign) {
        controller.abort(new Error('changed my mind'))
        return inner.reserve(reservation, sign)
      }
    })
    const { bursar, payer } = paying({ ledger })
    payer.isInstant = true
    const error = await rejection(bursar.fetch(server.url, { signal: controller.signal }))
    expect(error).toHaveProperty('message', 'changed my mind')
    expect([payer.signed, await inner.outstanding(), server.paid()]).toEqual([[], [], []])
  })
})

describe('a payment that was signed and could not be written down', () => {
  it('with its reservation or after it, is not sent, and its error says that it was signed', async () => {
    const inner = memoryLedger()
    const writes: [isInstant: boolean, change: Partial<Ledger>][] = [
      [
        true,
        {
          async reserve(_, sign) {
            sign?.()
            return fails()
          }
        }
      ],
      [
        false,
        { advance: async (id, event) => (event.type === 'signed' ? fails() : inner.advance(id, event)) }
      ]
    ]
    for (const [isInstant, change] of writes) {
      const server = await serve(payable)
      const { bursar, payer } = paying({ ledger: watched(inner, change).ledger })
      payer.isInstant = isInstant
      const error = await rejection(bursar.fetch(server.url))
      expect(error).toMatchObject({ code: 'ledger/unavailable', moneyState: 'signed' })
      expect(error).toHaveProperty('cause.code', 'ledger/unavailable')
      expect(payer.signed).toHaveLength(1)
      expect(server.paid()).toEqual([])
    }
  })

  it('is no such payment when the ledger failed before it was signed', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ ledger: watched(memoryLedger(), { reserve: fails }).ledger })
    payer.isInstant = true
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'ledger/unavailable',
      moneyState: 'none'
    })
    expect(payer.signed).toEqual([])
  })
})
