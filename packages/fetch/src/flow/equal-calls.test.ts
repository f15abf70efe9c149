import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { buy, heldServer } from '../../test/held-server.js'
import { paying, rejection } from '../../test/paying.js'
import { challenge, receiptHeader, serve } from '../../test/scripted-server.js'

describe('M15: equal calls in flight together', () => {
  it('are separate purchases, unless somebody says otherwise', async () => {
    const server = await heldServer()
    const { bursar, payer } = paying()
    const calls = [bursar.fetch(server.url, buy), bursar.fetch(server.url, buy)]
    await server.paidCalls(2)
    server.release()
    await Promise.all(calls)
    expect(payer.signed).toHaveLength(2)
  })

  it.each([
    ['a bursar', { inFlight: 'join' }, {}],
    ['a call', {}, { bursar: { inFlight: 'join' } }]
  ] as const)('are one where %s says so: each has a body of its own', async (_, options, init) => {
    const server = await heldServer()
    const { bursar, payer } = paying(options)
    const first = bursar.fetch(server.url, { ...buy, ...init })
    await server.paidCalls(1)
    // The first caller waits no more, and does not say so.
    const others = [1, 2].map(() => bursar.fetch(server.url, { ...buy, ...init }))
    await until(() => server.arrivals.length === 4)
    server.release()
    const responses = await Promise.all([first, ...others])
    for (const response of responses) {
      expect([await response.text(), response.status, response.url]).toEqual([
        'bought',
        200,
        `${server.url}/`
      ])
    }
    expect(responses.map((response) => bursar.receiptOf(response)?.resumed)).toEqual([false, true, true])
    expect(new Set(responses.map((response) => bursar.receiptOf(response)?.purchase)).size).toBe(1)
    expect([payer.signed.length, server.paid().length]).toEqual([1, 1])
  })

  it('fail with the one that pays, also when its signal is aborted afterwards', async () => {
    let releaseSecond = (): void => {}
    const secondIsHeld = new Promise<void>((resolve) => {
      releaseSecond = resolve
    })
    const server = await serve(async (arrival, response, index) => {
      if (arrival.payment) return void response.writeHead(500).end()
      // The second gets its price only when the first has failed.
      if (index > 0) await secondIsHeld
      challenge(response)
    })
    const { bursar } = paying({ inFlight: 'join' })
    const abort = new AbortController()
    const first = rejection(bursar.fetch(server.url, { ...buy, signal: abort.signal }))
    await until(() => server.arrivals.length > 0)
    const second = rejection(bursar.fetch(server.url, buy))
    expect(await first).toMatchObject({ code: 'payment/failed' })
    abort.abort()
    releaseSecond()
    expect(await second).toMatchObject({ code: 'payment/failed' })
  })

  it('tell the one that pays, and that gives up while it reads, where the money is', async () => {
    const server = await heldServer((_, response) => {
      response.writeHead(200, { 'PAYMENT-RESPONSE': receiptHeader() }).write('bou')
    })
    const { bursar } = paying({ inFlight: 'join' })
    const abort = new AbortController()
    const call = bursar.fetch(server.url, { ...buy, signal: abort.signal })
    server.release()
    const reading = (await call).text()
    abort.abort()
    expect(await rejection(reading)).toMatchObject({
      moneyState: 'settled',
      context: { purchase: expect.any(String) }
    })
  })

  it('that begin together, before either has its price, are one', async () => {
    const server = await heldServer()
    const { bursar, payer } = paying({ inFlight: 'join' })
    const calls = [1, 2, 3].map(() => bursar.fetch(server.url, buy))
    server.release()
    for (const response of await Promise.all(calls)) expect(await response.text()).toBe('bought')
    expect(payer.signed).toHaveLength(1)
  })

  it('share an answer whose body is on its way, from its beginning', async () => {
    let finish = (): void => {}
    const server = await serve((arrival, response) => {
      if (!arrival.payment) return challenge(response)
      response.writeHead(200, { 'PAYMENT-RESPONSE': receiptHeader() }).write('first ')
      finish = () => response.end('second')
    })
    const { bursar, payer } = paying({ inFlight: 'join' })
    const one = await bursar.fetch(server.url, buy)
    const reader = one.body?.getReader()
    await reader?.read()
    const other = await bursar.fetch(server.url, buy)
    finish()
    expect(await other.text()).toBe('first second')
    expect(payer.signed).toHaveLength(1)
    await reader?.read()
    expect((await reader?.read())?.done).toBe(true)
    await (await bursar.fetch(server.url, buy)).body?.cancel()
    expect(payer.signed).toHaveLength(2)
  })

  it.each([
    ['another body', { body: 'other' }, {}],
    ['another tenant', {}, { tenant: 'b' }],
    ['a name', {}, { purchase: 'invoice-42' }],
    ['a spoken "again"', {}, { again: true }]
  ])('are two purchases where one has %s', async (_, init, options) => {
    const server = await heldServer()
    const { bursar, payer } = paying({ inFlight: 'join' })
    const first = bursar.fetch(server.url, buy)
    await server.paidCalls(1)
    const second = bursar.fetch(server.url, { ...buy, ...init, bursar: options })
    await server.paidCalls(2)
    server.release()
    await Promise.all([first, second])
    expect(payer.signed).toHaveLength(2)
  })

  it('share the error of the one that pays', async () => {
    const server = await heldServer((_, response) => void response.writeHead(500).end())
    const { bursar, payer } = paying({ inFlight: 'join' })
    const calls = [1, 2].map(() => rejection(bursar.fetch(server.url, buy)))
    await server.paidCalls(1)
    server.release()
    const [one, other] = await Promise.all(calls)
    expect(one).toMatchObject({ code: 'payment/failed', moneyState: 'sent' })
    expect(other).toBe(one)
    expect(payer.signed).toHaveLength(1)
  })

  it('are carried on by another when the one that pays is aborted', async () => {
    const server = await heldServer()
    const { bursar, payer } = paying({ inFlight: 'join' })
    const controller = new AbortController()
    const one = rejection(bursar.fetch(server.url, { ...buy, signal: controller.signal }))
    await server.paidCalls(1)
    const other = bursar.fetch(server.url, buy)
    await until(() => server.arrivals.length === 3)
    controller.abort()
    expect(await one).toMatchObject({ code: 'payment/aborted', moneyState: 'sent' })
    server.release()
    expect(await (await other).text()).toBe('bought')
    expect(payer.signed).toHaveLength(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it('are left by one that is aborted, which ends nothing for the others', async () => {
    const server = await heldServer()
    const { bursar, payer } = paying({ inFlight: 'join' })
    const one = bursar.fetch(server.url, buy)
    await server.paidCalls(1)
    const controller = new AbortController()
    const other = rejection(bursar.fetch(server.url, { ...buy, signal: controller.signal }))
    await until(() => server.arrivals.length === 3)
    controller.abort(new Error('changed my mind'))
    expect(await other).toHaveProperty('message', 'changed my mind')
    server.release()
    expect(await (await one).text()).toBe('bought')
    expect(payer.signed).toHaveLength(1)
  })

  it('end the answer once nobody reads it any more: one has cancelled its body, and one has aborted', async () => {
    let isOver = false
    const server = await heldServer((_, response) => {
      response.once('close', () => {
        isOver = true
      })
      response.writeHead(200).write('a part')
    })
    const { bursar } = paying({ inFlight: 'join' })
    const one = bursar.fetch(server.url, buy)
    await server.paidCalls(1)
    const controller = new AbortController()
    const other = bursar.fetch(server.url, { ...buy, signal: controller.signal })
    await until(() => server.arrivals.length === 3)
    server.release()
    const reading = (await other).text().catch((error: Error) => error.message)
    const payer = (await one).body?.getReader()
    await payer?.read()
    controller.abort(new Error('changed my mind'))
    expect(await reading).toBe('changed my mind')
    expect(isOver).toBe(false)
    await payer?.cancel()
    await until(() => isOver)
  })

  it('that cost nothing are not joined', async () => {
    const server = await serve(({ headers }, response) => void response.end(headers.authorization))
    const { bursar } = paying({ inFlight: 'join' })
    const texts = ['one', 'two'].map(async (authorization) =>
      (await bursar.fetch(server.url, { headers: { authorization } })).text()
    )
    expect(await Promise.all(texts)).toEqual(['one', 'two'])
  })
})
