import { describe, expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../start-gateway.js'
import { challengeOf, decode, firstOffer } from '../testing/payer.js'
import { useStack } from '../testing/stack.js'
import { payOffer } from '../testing/standard.js'

const stack = useStack()

/** Asks for the price at a path and pays it. */
async function buy(path: string, init: RequestInit = {}): Promise<Response> {
  const url = `${stack.gateway.url}${path}`
  const payment = await payOffer(stack.payer, firstOffer(await fetch(url, init)))
  return fetch(url, { ...init, headers: { ...init.headers, 'PAYMENT-SIGNATURE': payment } })
}

describe('gateway.sell', () => {
  it('P81: sells what a handler of a test’s own answers, and calls it for a settled payment only', async () => {
    let calls = 0
    stack.gateway.sell('/weather', '0.015', () => Response.json({ sunny: true, calls: ++calls }))
    const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
    const challenge = await fetch(`${stack.gateway.url}/weather?in=Paris`)
    expect(challenge.status).toBe(402)
    expect(challengeOf(challenge)).toMatchObject({ accepts: [{ amount: '15000' }] })
    expect(calls).toBe(0)
    const paid = await buy('/weather?in=Paris')
    expect(await paid.json()).toEqual({ sunny: true, calls: 1 })
    expect(decode(paid.headers.get('PAYMENT-RESPONSE'))).toMatchObject({ success: true, amount: '15000' })
    expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before + 15_000n)
  })

  it('P81: hands the request to the handler, without the payment', async () => {
    stack.gateway.sell('/echo', '0.01', async (request) =>
      Response.json(
        {
          method: request.method,
          path: new URL(request.url).pathname,
          body: await request.text(),
          language: request.headers.get('accept-language'),
          payment: request.headers.get('payment-signature')
        },
        { status: 201, headers: { 'X-Own': 'yes' } }
      )
    )
    const response = await buy('/echo', {
      method: 'POST',
      body: 'Grüße',
      headers: { 'accept-language': 'de' }
    })
    expect([response.status, response.headers.get('X-Own')]).toEqual([201, 'yes'])
    expect(await response.json()).toEqual({
      method: 'POST',
      path: '/echo',
      body: 'Grüße',
      language: 'de',
      payment: null
    })
  })

  it('P81: answers a payment that arrives again from its record, and has faults as other routes do', async () => {
    let calls = 0
    stack.gateway.sell('/count', '0.01', () => new Response(String(++calls)))
    const url = `${stack.gateway.url}/count`
    const payment = await payOffer(stack.payer, firstOffer(await fetch(url)))
    const paying = { headers: { 'PAYMENT-SIGNATURE': payment } }
    stack.gateway.faults.next('answer-lost-after-settling')
    await expect(fetch(url, paying)).rejects.toThrow(TypeError)
    expect(await (await fetch(url, paying)).text()).toBe('1')
  })

  it('answers 500 with a receipt when the handler fails after the payment', async () => {
    stack.gateway.sell('/broken', '0.01', () => {
      throw new TypeError('no')
    })
    const response = await buy('/broken')
    expect(response.status).toBe(500)
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({ success: true })
  })

  it('says of a handler why it failed', async () => {
    stack.gateway.sell('/says-why', '0.01', () => Promise.reject(new Error('no such city')))
    // @ts-expect-error A handler without types may return anything.
    stack.gateway.sell('/no-response', '0.01', () => 'sunny')
    for (const [path, why] of [
      ['/says-why', 'no such city'],
      ['/no-response', 'it returned no Response']
    ] as const) {
      const { error } = await (await buy(path)).json()
      expect(error.message).toBe(`The handler of ${path} failed (${why}) after the payment was settled.`)
    }
  })

  it('sends a stream of events as it comes, and the same one to a payment that comes again', async () => {
    let open = (): void => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    stack.gateway.sell('/events', '0.01', () => {
      const events = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(Buffer.from('data: 1\n\n'))
          await opened
          controller.enqueue(Buffer.from('data: 2\n\n'))
          controller.close()
        }
      })
      return new Response(events, { headers: { 'content-type': 'text/event-stream' } })
    })
    const url = `${stack.gateway.url}/events`
    const headers = { 'PAYMENT-SIGNATURE': await payOffer(stack.payer, firstOffer(await fetch(url))) }
    const response = await fetch(url, { headers })
    const reader = response.body?.getReader() ?? expect.unreachable()
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('data: 1\n\n')
    open()
    await reader.cancel()
    expect(await (await fetch(url, { headers })).text()).toBe('data: 1\n\ndata: 2\n\n')
  })

  it('breaks a stream off where the handler breaks it off', async () => {
    stack.gateway.sell('/breaks', '0.01', () => {
      const events = new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.error(new Error('cut'))
        }
      })
      return new Response(events, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
    })
    const response = await buy('/breaks')
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  it('sends every cookie', async () => {
    stack.gateway.sell('/cookies', '0.01', () => {
      const response = new Response('two')
      for (const name of ['a', 'b']) response.headers.append('set-cookie', `${name}=1`)
      return response
    })
    expect((await buy('/cookies')).headers.getSetCookie()).toEqual(['a=1', 'b=1'])
  })

  it('sells the newest at a path, also after a reset', async () => {
    const gateway = await startGateway({ base: stack.chain })
    onTestFinished(() => gateway.stop())
    for (const price of ['0.01', '0.02']) gateway.sell('/again', price, () => new Response(price))
    const price = async () => firstOffer(await fetch(`${gateway.url}/again`)).amount
    expect(await price()).toBe('20000')
    gateway.reset()
    expect(await price()).toBe('20000')
  })

  it('says how a price is written to who gives a number', () => {
    // @ts-expect-error What is written without types may be anything.
    expect(() => stack.gateway.sell('/number', 0.01, () => new Response())).toThrow(
      "the price of /number must be text such as '0.01'"
    )
  })

  it.each([
    ['weather', '0.01', 'is not a path'],
    ['/a/../b', '0.01', 'is asked for as "/b"'],
    ['/sp ace', '0.01', 'is asked for as "/sp%20ace"'],
    ['/a?b', '0.01', 'is not a path'],
    ['/weather/:city', '0.01', 'is a pattern'],
    ['/weather/*', '0.01', 'is a pattern'],
    ['/free', '0', 'must be above zero'],
    ['/dear', '1,5', 'is not an amount'],
    ['/v1/models', '0.01', 'already has something'],
    ['/standard/v2/report', '0.01', 'already has something']
  ])('does not sell at %s for %s: it %s', (path, price, reason) => {
    expect(() => stack.gateway.sell(path, price, () => new Response())).toThrow(reason)
  })

  it('takes a handler, and a colon within a name', () => {
    // @ts-expect-error What is written without types may be anything.
    expect(() => stack.gateway.sell('/unanswered', '0.01')).toThrow('give a handler that answers')
    stack.gateway.sell('/v1/models:generate', '0.01', () => new Response())
  })

  it('keeps what is sold when the gateway is reset, and forgets the payments', async () => {
    const gateway = await startGateway({ base: stack.chain })
    onTestFinished(() => gateway.stop())
    gateway.sell('/kept.txt', '0.01', () => new Response('kept'))
    gateway.faults.next('slow', { delayMs: 60_000 })
    gateway.katana.answerWith({ content: 'forgotten' })
    await fetch(`${gateway.url}/v1/models`)
    gateway.reset()
    expect(gateway.requests).toEqual([])
    expect((await fetch(`${gateway.url}/kept.txt`)).status).toBe(402)
    expect((await fetch(`${gateway.url}/keptxtxt`)).status).toBe(404)
  })
})
