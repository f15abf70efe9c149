import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { breakOff, challenge, payable, serve, settle } from '../../test/scripted-server.js'

/** What keeps an answer, such as a file. */
function keeper() {
  let settleKept: { resolve(): void; reject(reason: Error): void } | undefined
  const answerKept = new Promise<void>((resolve, reject) => {
    settleKept = { resolve, reject }
  })
  return {
    bursar: { answerKept },
    kept: () => settleKept?.resolve(),
    lost: () => settleKept?.reject(new Error('the disk is full'))
  }
}

const transports = [
  ['through the transport of Node', {}],
  ['through a fetch that the user brings', { fetch: (url: string, init: RequestInit) => fetch(url, init) }]
] as const

describe.each(transports)('a caller that keeps the answer first, %s,', (_, via) => {
  it('reads the whole answer, and has it once it says that it is kept', async () => {
    const server = await serve(payable)
    const { bursar, payer, events } = paying(via)
    const { kept, ...init } = keeper()
    const response = await bursar.fetch(server.url, { bursar: init.bursar })
    expect(await response.text()).toBe('paid')
    for await (const purchase of bursar.history())
      expect(purchase).toMatchObject({ state: 'settled', call: 'open' })
    kept()
    await until(() => events.some(({ type }) => type === 'answered'))
    expect(await (await bursar.fetch(server.url)).text()).toBe('paid')
    expect(payer.signed).toHaveLength(2)
  })

  it('and could not keep it, gets it again without paying', async () => {
    const server = await serve(payable)
    const { bursar, payer, events } = paying(via)
    const { lost, ...init } = keeper()
    const response = await bursar.fetch(server.url, { bursar: init.bursar })
    expect(await response.text()).toBe('paid')
    lost()
    const again = await bursar.fetch(server.url)
    expect([await again.text(), bursar.receiptOf(again)?.resumed]).toEqual(['paid', true])
    expect(payer.signed).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'failed')).toHaveLength(1)
  })

  it('and lets the rest of the body go, still says itself whether it has the answer', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying(via)
    const { lost, ...init } = keeper()
    const response = await bursar.fetch(server.url, { bursar: init.bursar })
    await response.body?.cancel()
    lost()
    const again = await bursar.fetch(server.url)
    expect([await again.text(), bursar.receiptOf(again)?.resumed]).toEqual(['paid', true])
    expect(payer.signed).toHaveLength(1)
  })

  it('and aborts, has no answer, whatever it says later', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying(via)
    const { kept, ...init } = keeper()
    const controller = new AbortController()
    const response = await bursar.fetch(server.url, { ...init, signal: controller.signal })
    await response.text()
    controller.abort()
    kept()
    expect(bursar.receiptOf(await bursar.fetch(server.url))?.resumed).toBe(true)
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a caller that keeps the answer first', () => {
  it('and ends before it has, leaves a payment that the next process resumes', async () => {
    const server = await serve(payable)
    const folder = mkdtempSync(join(tmpdir(), 'bursar-kept-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'ledger.db')
    const one = paying({ ledger: sqliteLedger({ path }) })
    await (await one.bursar.fetch(server.url, { bursar: keeper().bursar })).text()
    await one.bursar.close()
    const two = paying({ ledger: sqliteLedger({ path }) })
    expect(two.bursar.receiptOf(await two.bursar.fetch(server.url))?.resumed).toBe(true)
    expect([one.payer.signed.length, two.payer.signed.length]).toEqual([1, 0])
  })

  it('learns from an answer that breaks off what it would without', async () => {
    let paid = 0
    const server = await serve((arrival, response) => {
      if (!arrival.payment) return challenge(response)
      if (paid++ > 0) return settle(response, 'whole')
      breakOff(response.writeHead(200, { 'content-length': 100 }))
    })
    const { bursar, payer } = paying()
    const { kept, ...init } = keeper()
    const broken = await bursar.fetch(server.url, { bursar: init.bursar })
    expect(await rejection(broken.text())).toMatchObject({ code: expect.stringMatching(/^payment\//) })
    kept()
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
  })

  it('of a call that costs nothing has it as any other', async () => {
    const server = await serve((_, response) => void response.end('free'))
    const { bursar } = paying()
    const { lost, ...init } = keeper()
    const response = await bursar.fetch(server.url, { bursar: init.bursar })
    init.bursar.answerKept.catch(() => {})
    lost()
    expect(await response.text()).toBe('free')
  })
})
