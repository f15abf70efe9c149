import { encodeHeader, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { Agent, interceptors, request } from 'undici'
import { describe, expect, it } from 'vitest'
import { until } from '../../../test/until.js'
import { paying, rejection } from '../test/paying.js'
import { breakOff, challenge, offer, payable, type Script, serve, settle } from '../test/scripted-server.js'
import { failingTimes, slowly } from '../test/slow-ledger.js'
import { paymentInterceptor } from './undici.js'

const settlement = encodeHeader({ success: true, transaction: '0x1', network: 'eip155:8453' })
const cut: Script = (_, response) => void response.socket?.destroy()
const losesEveryPaidAnswer: Script = (arrival, response, index) =>
  arrival.payment ? cut(arrival, response, index) : challenge(response)

/** A clock that only the test moves. */
function stoppedClock(nowMs: number) {
  const clock = { nowMs: () => nowMs, sleep: async () => {} }
  return {
    clock,
    ledger: memoryLedger({ clock }),
    advance(ms: number): void {
      nowMs += ms
    }
  }
}

/** The outcome of a call. One that hangs is ended by the test's own deadline. */
function outcome(call: Promise<Response>): Promise<unknown> {
  return call.then(
    ({ status }) => status,
    (error: { code: unknown }) => error.code
  )
}

describe('an equal call takes the payment up, and nothing is signed twice:', () => {
  it('after a reason phrase that no Response can carry', async () => {
    const server = await serve((arrival, response) => {
      if (!arrival.payment) return challenge(response)
      const head = `HTTP/1.1 200 très ✓\r\nPAYMENT-RESPONSE: ${settlement}\r\nContent-Length: 4\r\n\r\n`
      response.socket?.end(`${head}paid`)
    })
    const { bursar, payer } = paying()
    for (let call = 0; call < 2; call++) expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(payer.signed.length).toBeLessThanOrEqual(2)
  })

  it('of equal forms, whose bytes are equal though each is encoded again', async () => {
    const server = await serve(losesEveryPaidAnswer)
    const { bursar, payer } = paying({ resend: { times: 0 } })
    for (let call = 0; call < 2; call++) {
      const form = new FormData()
      form.set('prompt', 'cat')
      form.set('image', new File(['pixels'], 'cat.png', { type: 'image/png' }))
      await rejection(bursar.fetch(server.url, { method: 'POST', body: form }))
    }
    expect(payer.signed).toHaveLength(1)
    expect(new Set(server.arrivals.map(({ body }) => body.toString())).size).toBe(1)
  })

  it('of an answer that asks to be called again, read or unread, settled or not', async () => {
    const unsettled = await serve((arrival, response) =>
      arrival.payment ? void response.writeHead(429).write('slow down') : challenge(response)
    )
    const settled = await serve((arrival, response) =>
      arrival.payment ? settle(response, 'busy', 429) : challenge(response)
    )
    for (const { url } of [unsettled, settled]) {
      const { bursar, payer } = paying()
      for (let call = 0; call < 2; call++) await bursar.fetch(url)
      expect(payer.signed).toHaveLength(1)
    }
  })

  it('of an answer whose server tells SDKs to call again, whatever its status', async () => {
    for (const status of [400, 404, 422]) {
      const server = await serve((arrival, response) => {
        if (!arrival.payment) return challenge(response)
        settle(response.setHeader('x-should-retry', 'true'), 'no', status)
      })
      const { bursar, payer } = paying()
      for (let call = 0; call < 3; call++) expect((await bursar.fetch(server.url)).status).toBe(status)
      expect(payer.signed).toHaveLength(1)
    }
  })

  it('however long the authorization lives beyond the resume window', async () => {
    const { clock, ledger, advance } = stoppedClock(Date.now())
    const server = await serve(losesEveryPaidAnswer)
    const { bursar, payer } = paying({ clock, ledger, maxValiditySeconds: 86_400, resend: { times: 0 } })
    payer.validitySeconds = 3_600
    await rejection(bursar.fetch(server.url))
    advance(601_000)
    await rejection(bursar.fetch(server.url))
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a body that never ends does not hang a call:', () => {
  // Only what does not end is to run into its limit: a head has the time that a busy machine takes.
  const limitMs = 1_500

  it('of the challenge', async () => {
    const challenged = encodeHeader({ x402Version: 2, resource: { url: 'x' }, accepts: [offer] })
    const server = await serve((arrival, response, index) => {
      if (arrival.payment) return payable(arrival, response, index)
      response.writeHead(402, { 'PAYMENT-REQUIRED': challenged }).write('x')
    })
    const { bursar } = paying({ timeouts: { beforePaymentMs: limitMs } })
    expect(await outcome(bursar.fetch(server.url))).toBe(200)
  })

  it('of the rejection', async () => {
    const server = await serve((arrival, response) =>
      arrival.payment ? void response.writeHead(500).write('x') : challenge(response)
    )
    const { bursar } = paying({ timeouts: { afterPaymentMs: limitMs } })
    expect(await outcome(bursar.fetch(server.url))).toBe('payment/failed')
  })
})

describe('the server’s word is not enough', () => {
  it('X30: to take a payment out of the budgets which it answers with a failure, and says has settled', async () => {
    const server = await serve((arrival, response) =>
      arrival.payment ? settle(response, '', 500) : challenge(response)
    )
    const { bursar, payer } = paying({ limits: { payment: '0.05', total: '0.01' } })
    payer.status = 'open'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ moneyState: 'settled' })
    expect(await rejection(bursar.fetch(`${server.url}/other`))).toMatchObject({ code: 'offer/over-limit' })
    expect(payer.signed).toHaveLength(1)
  })

  it('to take a payment out of the window while it could still settle', async () => {
    const { clock, ledger, advance } = stoppedClock(Date.now())
    const server = await serve(payable)
    const { bursar, payer } = paying({ clock, ledger, limits: { payment: '0.05', minute: '0.01' } })
    await (await bursar.fetch(server.url)).text()
    advance(61_000)
    await rejection(bursar.fetch(server.url))
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a payment goes to nobody but the host that asked for it:', () => {
  it('not along a redirect that the caller’s dispatcher follows', async () => {
    const other = await serve((_, response) => void response.end('x'))
    const server = await serve((arrival, response) =>
      arrival.payment
        ? void response.writeHead(307, { location: `${other.url}/` }).end()
        : challenge(response)
    )
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }))
    await outcome(paying().bursar.fetch(server.url, { dispatcher } as RequestInit))
    expect(other.arrivals.filter(({ payment }) => payment)).toEqual([])
  })

  it('not where a path that begins with two slashes seems to lead', async () => {
    const [other, server] = [await serve(payable), await serve(payable)]
    const dispatcher = new Agent().compose(paymentInterceptor(paying().bursar))
    const path = `//${new URL(other.url).host}/x`
    await dispatcher.request({ origin: server.url, path, method: 'GET' }).catch(() => {})
    expect(other.arrivals).toEqual([])
  })

  it('with the query that the interceptor was given', async () => {
    const server = await serve(payable)
    const dispatcher = new Agent().compose(paymentInterceptor(paying().bursar))
    await request(`${server.url}/x`, { dispatcher, query: { id: '7' } })
    expect(server.arrivals[0]?.path).toBe('/x?id=7')
  })

  it('and one that the caller brings is rejected before anything is sent', async () => {
    const server = await serve(payable)
    for (const name of ['X-PAYMENT', 'payment-signature', 'X-402-Payment']) {
      const error = await rejection(paying().bursar.fetch(server.url, { headers: { [name]: 'stale' } }))
      expect(error).toBeInstanceOf(TypeError)
    }
    expect(server.arrivals).toEqual([])
  })
})

describe('an equal call that comes as soon as the answer broke off', () => {
  const breaksFirst: Script = (arrival, response, index) => {
    if (!arrival.payment) return challenge(response)
    if (index > 2) return settle(response, 'whole')
    breakOff(response.writeHead(200, { 'PAYMENT-RESPONSE': settlement, 'content-length': 100 }), 'the begin')
  }

  it.each([
    ['the transport of Node', undefined],
    ['a fetch that the user brings', (url: string, init: RequestInit) => fetch(url, init)]
  ])('takes the payment up through %s, however slowly the ledger writes that it did', async (_, via) => {
    const server = await serve(breaksFirst)
    const { bursar, payer } = paying({ ledger: slowly(memoryLedger()), ...(via ? { fetch: via } : {}) })
    await rejection((await bursar.fetch(server.url)).text())
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
  })

  it('takes it up, too, when the caller gave up and waits for nothing', async () => {
    const server = await serve((arrival, response, index) => {
      if (!arrival.payment) return challenge(response)
      if (index > 1) return settle(response, 'whole')
    })
    const { bursar, payer } = paying({ ledger: slowly(memoryLedger()) })
    const controller = new AbortController()
    const first = rejection(bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => server.paid().length > 0)
    controller.abort()
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
    await first
  })

  it('waits for a ledger that could not write it, and pays nothing more', async () => {
    const server = await serve(breaksFirst)
    const { bursar, payer } = paying({ ledger: failingTimes(memoryLedger(), 2) })
    await rejection((await bursar.fetch(server.url)).text())
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'ledger/unavailable' })
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a limit holds', () => {
  it('for a host named in capitals', async () => {
    const server = await serve(payable)
    const url = server.url.replace('127.0.0.1', 'localhost')
    const host = new URL(url).host.replace('l', 'L')
    const { bursar, payer } = paying({ limits: { payment: '0.05', hosts: { [host]: { payment: '0.001' } } } })
    await rejection(bursar.fetch(url))
    expect(payer.signed).toEqual([])
  })

  it('when the caller gives up while the reservation is made: nothing is signed', async () => {
    const server = await serve(payable)
    const [inner, abort] = [memoryLedger(), new AbortController()]
    const ledger: Ledger = {
      ...inner,
      async reserve(reservation) {
        abort.abort()
        return inner.reserve(reservation)
      }
    }
    const { bursar, payer } = paying({ ledger })
    await rejection(bursar.fetch(server.url, { signal: abort.signal }))
    expect(payer.signed).toEqual([])
  })
})
