import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { encodeHeader, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { breakOff, challenge, type Script, serve, settle } from '../../test/scripted-server.js'
import { slowly } from '../../test/slow-ledger.js'

const settlement = encodeHeader({ success: true, transaction: '0x1', network: 'eip155:8453' })
const head = { 'PAYMENT-RESPONSE': settlement, 'content-length': 100 }

/** The first paid answer begins and goes no further; every later one is whole. */
function stallsFirst(): Script {
  let paid = 0
  return (arrival, response) => {
    if (!arrival.payment) return challenge(response)
    if (paid++ > 0) return settle(response, 'whole')
    response.writeHead(200, head).write('half')
  }
}

const transports = [
  ['through the transport of Node', {}],
  ['through a fetch that the user brings', { fetch: (url: string, init: RequestInit) => fetch(url, init) }]
] as const

describe.each(transports)('anyone who gives up pays no second time %s', (_, via) => {
  it.each([
    [
      'with a pipe that is aborted',
      async (response: Response, controller: AbortController) => {
        const sink = new WritableStream({ write: () => controller.abort() })
        await response.body?.pipeTo(sink, { signal: controller.signal }).catch(() => {})
      }
    ],
    [
      'with a read that waits, an abort, and a cancel',
      async (response: Response, controller: AbortController) => {
        const reader = response.body?.getReader()
        await reader?.read()
        const waiting = reader?.read().catch(() => {})
        controller.abort()
        await reader?.cancel().catch(() => {})
        await waiting
      }
    ],
    ['between the head and the body', async (_: Response, controller: AbortController) => controller.abort()],
    [
      'with the error of another context, as a test of jest has it of Node itself',
      async (response: Response) => {
        await response.body?.cancel(runInNewContext('new Error("enough")'))
      }
    ],
    [
      'because what it was piped into fails',
      async (response: Response) => {
        const full = new WritableStream({
          write() {
            throw new TypeError('the disk is full')
          }
        })
        await response.body?.pipeTo(full).catch(() => {})
      }
    ]
  ])('%s', async (_, giveUp) => {
    const server = await serve(stallsFirst())
    const { bursar, payer } = paying({ ledger: slowly(memoryLedger()), ...via })
    const controller = new AbortController()
    const response = await bursar.fetch(server.url, { signal: controller.signal })
    await giveUp(response, controller)
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
  })

  it('while the chain is asked', async () => {
    let paid = 0
    const server = await serve((arrival, response) => {
      if (!arrival.payment) return challenge(response)
      if (paid++ > 0) return settle(response, 'whole')
      response.writeHead(503).end()
    })
    const { bursar, payer } = paying({ ...via })
    let asked = 0
    const chainAnswers = new Promise<void>((resolve) => onTestFinished(() => resolve()))
    payer.getSettlementStatus = async () => {
      asked++
      await chainAnswers
      return { status: 'open' }
    }
    const controller = new AbortController()
    const first = rejection(bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => asked === 1)
    controller.abort()
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
    await first
  })
})

describe('a call', () => {
  it('whose answer breaks off before anybody reads it is resumed', async () => {
    let paid = 0
    const server = await serve((arrival, response) => {
      if (!arrival.payment) return challenge(response)
      if (paid++ > 0) return settle(response, 'whole')
      breakOff(response.writeHead(200, head))
    })
    const { bursar, payer, events } = paying()
    const broken = await bursar.fetch(server.url)
    await until(() => events.some(({ type }) => type === 'failed'))
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
    await rejection(broken.text())
    expect(events.filter(({ type }) => type === 'failed')).toHaveLength(1)
  })

  it('whose answer is let go in order, without a reason or an abort, has its answer', async () => {
    const server = await serve(stallsFirst())
    const { bursar, payer, events } = paying()
    await (await bursar.fetch(server.url)).body?.cancel()
    await until(() => events.some(({ type }) => type === 'answered'))
    expect(events.filter(({ type }) => ['answered', 'failed'].includes(type))).toMatchObject([
      { type: 'answered' }
    ])
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(2)
  })

  it('is the same when the server redirects it again each time', async () => {
    let redirects = 0
    let paid = 0
    const server = await serve((arrival, response) => {
      if (arrival.path === '/a')
        return void response.writeHead(302, { location: `/b?n=${redirects++}` }).end()
      if (!arrival.payment) return challenge(response)
      if (paid++ === 0) return void response.socket?.destroy()
      return settle(response, 'whole')
    })
    const { bursar, payer } = paying({ resend: { times: 0 } })
    await rejection(bursar.fetch(`${server.url}/a`))
    expect(await (await bursar.fetch(`${server.url}/a`)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
  })

  it('that is led elsewhere than where it was paid is rejected, with what became of the money', async () => {
    let redirects = 0
    const server = await serve((arrival, response) => {
      if (arrival.path === '/a') return void response.writeHead(302, { location: `/b${redirects++}` }).end()
      if (!arrival.payment) return challenge(response)
      response.socket?.destroy()
    })
    const { bursar, payer } = paying({ resend: { times: 0 } })
    await rejection(bursar.fetch(`${server.url}/a`))
    expect(await rejection(bursar.fetch(`${server.url}/a`))).toMatchObject({
      code: 'payment/redirected',
      moneyState: 'sent'
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('of another bursar on the same ledger is resumed, too', async () => {
    const server = await serve(stallsFirst())
    const ledger = slowly(memoryLedger())
    const [one, two] = [paying({ ledger }), paying({ ledger })]
    const controller = new AbortController()
    await one.bursar.fetch(server.url, { signal: controller.signal })
    controller.abort()
    expect(await (await two.bursar.fetch(server.url)).text()).toBe('whole')
    expect([...one.payer.signed, ...two.payer.signed]).toHaveLength(1)
  })

  it('whose purchase the ledger knows no more holds up no other', async () => {
    const server = await serve(stallsFirst())
    const inner = memoryLedger()
    const ledger: Ledger = {
      ...inner,
      recordEvent: (id, event) => inner.recordEvent(event.type === 'failed' ? 'gone' : id, event)
    }
    const { bursar } = paying({ ledger })
    const controller = new AbortController()
    await bursar.fetch(server.url, { signal: controller.signal })
    controller.abort()
    expect((await bursar.fetch(`${server.url}/other`)).status).toBe(200)
  })
})

describe('closing', () => {
  it('breaks answers off, and the next bursar on the same file resumes them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-ends-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'ledger.db')
    const server = await serve(stallsFirst())
    const one = paying({ ledger: sqliteLedger({ path }) })
    const reading = rejection((await one.bursar.fetch(server.url)).text())
    await one.bursar.close()
    expect(await reading).toBeInstanceOf(Error)
    const two = paying({ ledger: sqliteLedger({ path }) })
    expect(await (await two.bursar.fetch(server.url)).text()).toBe('whole')
    expect([one.payer.signed.length, two.payer.signed.length]).toEqual([1, 0])
  })
})
