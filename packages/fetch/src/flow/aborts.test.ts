import type { Ledger, Purchase } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { Agent } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../test/until.js'
import { type Case, type Held, held, purchasesOf, slowEvent } from '../../test/held-step.js'
import { paying, rejection } from '../../test/paying.js'
import { challenge, payable, serve } from '../../test/scripted-server.js'

const slowLedger = (name: 'resume' | 'reserve') => ({
  options: (step: Held, inner: Ledger) => ({
    ledger: {
      ...inner,
      async [name](...asked: [never, never]) {
        await step.wait()
        return inner[name](...asked)
      }
    }
  })
})

const slowChain: Case['prepare'] = ({ payer }, step) => {
  payer.getSettlementStatus = async () => {
    await step.wait()
    return { status: 'open' }
  }
}

const signsAtOnce = (each: Case): Case => ({
  ...each,
  prepare({ payer }) {
    payer.isSync = true
  }
})

const unsigned: readonly [step: string, Case][] = [
  ['confirm', { options: (step) => ({ confirm: () => step.wait().then(() => true) }) }],
  ['the ledger that is asked to resume', slowLedger('resume')],
  ['the ledger that reserves', slowLedger('reserve')],
  ['the ledger that reserves and would sign at once', signsAtOnce(slowLedger('reserve'))],
  [
    'the payer that prepares',
    {
      prepare({ payer }, step) {
        const prepare = payer.prepare.bind(payer)
        payer.prepare = async (offer, terms) => {
          await step.wait()
          return prepare(offer, terms)
        }
      }
    }
  ],
  [
    'the payer that evaluates an offer',
    {
      prepare({ payer }, step) {
        payer.rejectionReason = () => step.wait().then(() => undefined)
      }
    }
  ],
  [
    'the payer that is asked for its address',
    {
      prepare({ payer }, step) {
        payer.address = () => step.wait().then(() => payer.account)
      }
    }
  ],
  [
    'the wallet',
    {
      prepare({ payer }, step) {
        payer.signing = () => step.wait()
      }
    }
  ]
]

const signed: readonly [step: string, Case][] = [
  ['the ledger that writes the signature down', slowEvent('signed')],
  ['the ledger that writes that it is sent', signsAtOnce(slowEvent('sent'))],
  ['the chain, after a paid 402', { prepare: slowChain, script: (_, response) => challenge(response) }],
  [
    'the chain, after a lost answer',
    { prepare: slowChain, script: (_, response) => void response.socket?.destroy() }
  ],
  [
    'the chain that holds the receipt',
    { options: (step) => ({ verifyReceipt: () => step.wait().then(() => undefined) }) }
  ],
  ['the ledger that writes that it is settled', slowEvent('settled')]
]

async function setUp({ options, prepare, script }: Case) {
  const step = held()
  const inner = memoryLedger()
  const server = await serve((arrival, response, index) =>
    (arrival.payment && script ? script : payable)(arrival, response, index)
  )
  const setup = paying({ ledger: inner, resend: { times: 0 }, ...options?.(step, inner) })
  prepare?.(setup, step)
  const controller = new AbortController()
  const call = rejection(setup.bursar.fetch(server.url, { signal: controller.signal }))
  await until(() => step.reached() > 0)
  return { ...setup, step, inner, server, controller, call }
}

describe('M40: a caller who gives up waits no longer for', () => {
  it.each(unsigned)('%s: nothing is signed, held or sent', async (_, each) => {
    const { call, controller, inner, step, server } = await setUp(each)
    controller.abort(new Error('changed my mind'))
    // The step is still held: anyone who waited for it would hang.
    expect(await call).toHaveProperty('message', 'changed my mind')
    step.open()
    expect(server.paid()).toEqual([])
    await expect
      .poll(() => purchasesOf(inner))
      .toSatisfy((purchases: Purchase[]) =>
        purchases.every(({ state, call: end }) => state === 'released' && end === 'failed')
      )
  })

  it('the wallet: what it signs then is never sent, also when an equal call has paid meanwhile', async () => {
    const { bursar, call, controller, inner, step, server, payer } = await setUp({
      prepare({ payer: each }, waiting) {
        each.signing = () => waiting.wait()
      },
      script: (_, response) => void response.socket?.destroy()
    })
    controller.abort(new Error('changed my mind'))
    await call
    payer.signing = undefined
    payer.status = 'settled'
    // An equal call pays, and its answer is lost.
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ moneyState: 'settled' })
    step.open()
    await expect
      .poll(() => purchasesOf(inner))
      .toSatisfy((purchases: Purchase[]) => purchases.every(({ call: end }) => end === 'failed'))
    await rejection(bursar.fetch(server.url))
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it.each(signed)('%s: the error says where the money is', async (_, each) => {
    const { call, controller, inner, step, payer } = await setUp(each)
    controller.abort()
    expect(await call).toMatchObject({
      code: 'payment/aborted',
      name: 'AbortError',
      moneyState: expect.stringMatching(/^(?:signed|sent)$/),
      context: { reference: payer.signed[0]?.reference }
    })
    step.open()
    await expect.poll(() => purchasesOf(inner)).toMatchObject([{ call: 'failed' }])
  })

  it('the ledger that writes that it is sent: it is never sent, and an equal call pays anew', async () => {
    const { call, controller, step, server, payer, bursar } = await setUp(signsAtOnce(slowEvent('sent')))
    controller.abort()
    expect(await call).toMatchObject({ moneyState: 'signed' })
    expect(server.paid()).toEqual([])
    step.open()
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
    expect(payer.signed).toHaveLength(2)
  })

  it.each([
    ['unpaid', { message: 'changed my mind' }],
    ['paid', { code: 'payment/aborted', moneyState: 'sent' }]
  ] as const)('a connection that another request has: %s', async (which, error) => {
    let free = (): void => {}
    const server = await serve((arrival, response, index) => {
      if (arrival.path === '/free') return void response.end()
      if (arrival.path !== '/hangs') return payable(arrival, response, index)
      free = () => response.end()
    })
    const { bursar, events } = paying()
    const dispatcher = new Agent({ connections: 1, pipelining: 1 })
    onTestFinished(() => dispatcher.destroy())
    const fetchThere = (path: string, signal?: AbortSignal): Promise<Response> =>
      bursar.fetch(`${server.url}${path}`, { dispatcher, ...(signal ? { signal } : {}) } as RequestInit)
    const takeConnection = (): void => void fetchThere('/hangs').catch(() => {})
    if (which === 'paid') bursar.on('signed', takeConnection)
    else takeConnection()
    const controller = new AbortController()
    const call = rejection(fetchThere('/', controller.signal))
    await until(() => server.arrivals.some(({ path }) => path === '/hangs'))
    if (which === 'paid') await until(() => events.some(({ type }) => type === 'sent'))
    controller.abort(new Error('changed my mind'))
    expect(await call).toMatchObject(error)
    free()
    await fetchThere('/free')
    expect(server.paid()).toEqual([])
  })

  it('a body that it streams itself', async () => {
    const server = await serve(payable)
    const controller = new AbortController()
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(new Uint8Array([1]))
    })
    const init = { method: 'POST', body, duplex: 'half', signal: controller.signal } as RequestInit
    const call = rejection(paying().bursar.fetch(server.url, init))
    controller.abort(new Error('changed my mind'))
    expect(await call).toHaveProperty('message', 'changed my mind')
    expect(server.arrivals).toEqual([])
  })
})
