import { encodeHeader, isBursarError } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import {
  breakOff,
  challenge,
  offer,
  payable,
  type Script,
  serve,
  settle
} from '../../test/scripted-server.js'

const cut: Script = (_, response) => void response.socket?.destroy()

describe('when the answer to the payment is lost', () => {
  it('sends the same bytes again and pays once', async () => {
    let cuts = 2
    const server = await serve((arrival, response, index) => {
      if (arrival.payment && cuts-- > 0) return cut(arrival, response, index)
      return payable(arrival, response, index)
    })
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url, { method: 'POST', body: 'x' })
    expect(await response.text()).toBe('paid')
    expect(payer.signed).toHaveLength(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
    expect(server.paid()).toHaveLength(3)
  })

  it.each([
    ['open', 'payment/outcome-unknown', 'sent'],
    ['settled', 'payment/settled-answer-lost', 'settled'],
    ['dead', 'payment/expired', 'none'],
    ['outage', 'payment/outcome-unknown', 'unknown']
  ] as const)('asks the chain at last: %s gives %s with the money %s', async (status, code, moneyState) => {
    const server = await serve((a, r, i) => (a.payment ? cut(a, r, i) : challenge(r)))
    const { bursar, payer } = paying()
    payer.status = status
    const error = await rejection(bursar.fetch(server.url))
    expect(error).toMatchObject({
      code,
      moneyState,
      context: { amount: '0.01', reference: payer.signed[0]?.reference }
    })
    expect(server.paid()).toHaveLength(3)
    expect(payer.signed).toHaveLength(1)
  })

  it('peers defect 2: callers that retry after a lost answer send one payment, not three', async () => {
    let alive = false
    const server = await serve((a, r, i) => (a.payment && !alive ? cut(a, r, i) : payable(a, r, i)))
    const { bursar, payer } = paying()
    for (let retry = 0; retry < 3; retry++) {
      const error = await rejection(bursar.fetch(server.url, { method: 'POST', body: 'same' }))
      expect(isBursarError(error, 'payment/outcome-unknown')).toBe(true)
    }
    alive = true
    const response = await bursar.fetch(server.url, { method: 'POST', body: 'same' })
    expect(bursar.receiptOf(response)).toMatchObject({ resumed: true, moneyState: 'settled' })
    expect(payer.signed).toHaveLength(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it('resumes a lost payment for an equal call only: another body, or a spoken "again", pays again', async () => {
    const server = await serve((a, r, i) =>
      a.payment && a.body.toString() === 'lost' ? cut(a, r, i) : payable(a, r, i)
    )
    const { bursar, payer } = paying()
    await rejection(bursar.fetch(server.url, { method: 'POST', body: 'lost' }))
    await bursar.fetch(server.url, { method: 'POST', body: 'other' })
    expect(payer.signed).toHaveLength(2)
    await rejection(bursar.fetch(server.url, { method: 'POST', body: 'lost', bursar: { again: true } }))
    expect(payer.signed).toHaveLength(3)
  })

  it('keeps equal calls that are in flight together apart', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    await Promise.all(Array.from({ length: 5 }, () => bursar.fetch(server.url)))
    expect(payer.signed).toHaveLength(5)
  })

  it('lets two retries resume two lost purchases, one each', async () => {
    let alive = false
    const server = await serve((a, r, i) => (a.payment && !alive ? cut(a, r, i) : payable(a, r, i)))
    const { bursar, payer } = paying({ resend: { times: 0 } })
    const both = (): Promise<unknown>[] => [bursar.fetch(server.url), bursar.fetch(server.url)]
    await Promise.allSettled(both())
    alive = true
    await Promise.all(both())
    expect(payer.signed).toHaveLength(2)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(2)
  })

  it('pays again once the chain proves the lost authorization dead', async () => {
    let alive = false
    const server = await serve((a, r, i) => (a.payment && !alive ? cut(a, r, i) : payable(a, r, i)))
    const { bursar, payer } = paying({ resend: { times: 0 } })
    payer.validitySeconds = -1
    await rejection(bursar.fetch(server.url))
    payer.status = 'dead'
    alive = true
    await bursar.fetch(server.url)
    expect(payer.signed).toHaveLength(2)
  })

  it('takes the payment up again when the answer breaks off in the middle of its body', async () => {
    let broken = false
    const server = await serve((arrival, response, index) => {
      if (!arrival.payment || broken) return payable(arrival, response, index)
      broken = true
      const header = encodeHeader({ success: true, transaction: '0x1', network: 'eip155:8453' })
      breakOff(response.writeHead(200, { 'payment-response': header, 'content-length': 100 }))
    })
    const { bursar, payer } = paying()
    await rejection(bursar.fetch(server.url).then((response) => response.text()))
    expect(await (await bursar.fetch(server.url)).text()).toBe('paid')
    expect(payer.signed).toHaveLength(1)
  })
})

describe('when the server does not take the payment', () => {
  it('peers defect 11: a second 402 is an error with its reason, and a retry sends the same payment', async () => {
    const server = await serve((_, response) =>
      challenge(response, [offer], { error: 'insufficient\nfunds' })
    )
    const { bursar, payer } = paying()
    const error = await rejection(bursar.fetch(server.url))
    expect(error).toMatchObject({
      code: 'payment/refused',
      moneyState: 'sent',
      context: { status: 402, reason: 'insufficient funds' }
    })
    await rejection(bursar.fetch(server.url))
    expect(payer.signed).toHaveLength(1)
    expect(server.paid()).toHaveLength(2)
  })

  it('peers defect 3: a server that answers 402 for ever is paid once', async () => {
    const server = await serve((_, response) => challenge(response))
    const { bursar, payer } = paying()
    for (let call = 0; call < 10; call++) await rejection(bursar.fetch(server.url))
    expect(payer.signed).toHaveLength(1)
  })

  it('says that a failing server has taken the money when the chain says so', async () => {
    const server = await serve((a, response) =>
      a.payment ? void response.writeHead(500).end() : challenge(response)
    )
    const { bursar, payer } = paying()
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'payment/failed',
      moneyState: 'settled'
    })
    await rejection(bursar.fetch(server.url))
    expect(payer.signed).toHaveLength(1)
  })

  it('hands a 4xx on with its body, and a retry sends the same payment', async () => {
    const server = await serve((a, response) =>
      a.payment ? void response.writeHead(409).end('busy') : challenge(response)
    )
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url)
    expect([response.status, await response.text()]).toEqual([409, 'busy'])
    expect(bursar.receiptOf(response)?.moneyState).toBe('sent')
    await bursar.fetch(server.url)
    expect(payer.signed).toHaveLength(1)
  })

  it('peers defect 5: a redirect of the paid request is not followed, and the other origin sees nothing', async () => {
    const other = await serve(payable)
    const server = await serve((a, r) =>
      a.payment ? void r.writeHead(307, { location: other.url }).end() : challenge(r)
    )
    expect(await rejection(paying().bursar.fetch(server.url))).toMatchObject({
      code: 'payment/redirected',
      moneyState: 'sent'
    })
    expect(other.arrivals).toHaveLength(0)
  })

  it('peers defect 5: a redirect of the unpaid request takes no credentials to another origin', async () => {
    const other = await serve(payable)
    const server = await serve(
      (_, response) => void response.writeHead(307, { location: `${other.url}/there` }).end()
    )
    const headers = {
      authorization: 'Bearer secret',
      'x-sign-in-with-x': 'proof',
      'x-api-key': 'key',
      'x-kept': 'yes'
    }
    const { bursar } = paying({ allow: { hosts: [new URL(other.url).host] } })
    const response = await bursar.fetch(server.url, { method: 'POST', body: 'b', headers })
    expect(response.url).toBe(`${other.url}/there`)
    const [first] = other.arrivals
    expect(first?.headers['x-kept']).toBe('yes')
    expect(first?.body.toString()).toBe('b')
    for (const name of ['authorization', 'x-sign-in-with-x', 'x-api-key'])
      expect(first?.headers[name]).toBeUndefined()
  })
})

describe('what is rejected before anything is signed', () => {
  it.each([
    ['above the limit', { limits: { payment: '0.009' } }, 'offer/over-limit'],
    ['to a host that is not allowed', { allow: { hosts: ['kat.imgnai.com'] } }, 'request/host-refused'],
    ['to a payee that is not allowed', { allow: { payees: [`0x${'3'.repeat(40)}`] } }, 'offer/payee-refused'],
    ['on a network that is not allowed', { allow: { networks: ['eip155:1'] } }, 'offer/none-usable'],
    ['in an asset that is not allowed', { allow: { assets: [`0x${'3'.repeat(40)}`] } }, 'offer/none-usable'],
    ['that confirm declines', { confirm: () => false }, 'offer/declined']
  ] as const)('a payment %s', async (_, options, code) => {
    const server = await serve(payable)
    const { bursar, payer } = paying(options as object)
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code, moneyState: 'none' })
    expect(payer.signed).toHaveLength(0)
    expect(server.paid()).toHaveLength(0)
  })

  it('plain http to another machine', async () => {
    const fetch = async (): Promise<Response> =>
      new Response(JSON.stringify({ x402Version: 2, accepts: [offer] }), { status: 402 })
    const { bursar, payer } = paying({ fetch })
    for (const url of ['http://kat.imgnai.com/', 'http://127.0.0.1.evil.example/', 'http://10.0.0.1/']) {
      expect(await rejection(bursar.fetch(url))).toMatchObject({ code: 'request/insecure' })
    }
    expect(payer.prepared).toBe(0)
  })

  it('peers defect 6: the cap is checked on the very offer that is paid', async () => {
    const dear = { ...offer, amount: '5000000' }
    const server = await serve((a, response) =>
      a.payment ? settle(response) : challenge(response, [dear, offer])
    )
    const { bursar, payer } = paying()
    await bursar.fetch(server.url)
    expect(payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([10_000n])
  })

  it('peers defect 6: an empty or missing limit is an error, not "no limit"', () => {
    for (const limits of [{ payment: '' }, { payment: '1', day: '' }, {} as never]) {
      expect(() => paying({ limits })).toThrow(TypeError)
    }
    expect(() => paying({ limits: { payment: '1', dayly: '2' } as never })).toThrow(/dayly/)
  })

  it('an offer whose chain has no payer, with every reason', async () => {
    const solana = {
      ...offer,
      network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
      asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
      payTo: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
    }
    const server = await serve((_, response) => challenge(response, [solana, { ...offer, scheme: 'upto' }]))
    const error = await rejection(paying().bursar.fetch(server.url))
    expect(error).toMatchObject({ code: 'offer/none-usable' })
    expect(String(error)).toMatch(/no solana account.*scheme/s)
  })

  it('a 402 that answers a wallet proof: it wants a top-up, not the price of the call', async () => {
    const server = await serve((_, response) => challenge(response))
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url, { headers: { 'X-Sign-In-With-X': 'proof' } })
    expect(response.status).toBe(402)
    expect(payer.prepared).toBe(0)
  })
})

describe('budgets', () => {
  it('hold for concurrent calls', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ limits: { payment: '0.05', total: '0.055' } })
    const calls = await Promise.allSettled(Array.from({ length: 20 }, () => bursar.fetch(server.url)))
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(payer.signed).toHaveLength(5)
  })

  it('hold for each host by itself', async () => {
    const servers = [await serve(payable), await serve(payable)]
    const { bursar } = paying({ limits: { payment: '0.05', perHost: { day: '0.02' } } })
    for (const { url } of servers) {
      await bursar.fetch(url)
      await bursar.fetch(url)
      expect(await rejection(bursar.fetch(url))).toMatchObject({
        context: { limit: 'perHost day', used: '0.02' }
      })
    }
  })

  it('count a payment that could still settle, and give it back once it is proven dead', async () => {
    const server = await serve((a, r, i) =>
      a.payment && a.path === '/lost' ? cut(a, r, i) : payable(a, r, i)
    )
    const { bursar, payer } = paying({ limits: { payment: '0.05', total: '0.01' }, resend: { times: 0 } })
    payer.validitySeconds = -1
    await rejection(bursar.fetch(`${server.url}/lost`))
    expect(await rejection(bursar.fetch(`${server.url}/next`))).toMatchObject({ code: 'offer/over-limit' })
    payer.status = 'dead'
    expect((await bursar.fetch(`${server.url}/next`)).status).toBe(200)
  })
})

describe('aborts and time limits', () => {
  it('before payment reject with the reason of the signal, as fetch does', async () => {
    const server = await serve(() => {})
    const controller = new AbortController()
    const call = rejection(paying().bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => server.arrivals.length > 0)
    controller.abort(new Error('changed my mind'))
    expect(await call).toHaveProperty('message', 'changed my mind')
  })

  it('while the wallet is asked leave nothing reserved', async () => {
    const server = await serve(payable)
    const ledger = memoryLedger()
    const { bursar, payer } = paying({ ledger })
    const controller = new AbortController()
    payer.signing = async () => {
      controller.abort()
      throw controller.signal.reason
    }
    await rejection(bursar.fetch(server.url, { signal: controller.signal }))
    expect(await ledger.outstanding()).toEqual([])
    expect(server.paid()).toHaveLength(0)
  })

  it('after payment leave a record that an equal call resumes', async () => {
    let answers = false
    const server = await serve((a, r, i) => (a.payment && !answers ? undefined : payable(a, r, i)))
    const ledger = memoryLedger()
    const { bursar, payer } = paying({ ledger })
    const controller = new AbortController()
    const call = rejection(bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => server.paid().length > 0)
    controller.abort()
    expect(await call).toMatchObject({ code: 'payment/aborted', moneyState: 'sent', name: 'AbortError' })
    expect(await ledger.outstanding()).toHaveLength(1)
    answers = true
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(payer.signed).toHaveLength(1)
  })

  it('are distinguished before and after payment', async () => {
    const server = await serve((arrival, response) =>
      arrival.path === '/slow' ? undefined : arrival.payment ? undefined : challenge(response)
    )
    const before = paying({ timeouts: { beforePaymentMs: 100 } }).bursar
    const after = paying({ timeouts: { afterPaymentMs: 100 }, resend: { times: 0 } }).bursar
    expect(await rejection(before.fetch(`${server.url}/slow`))).toMatchObject({
      code: 'request/timeout',
      moneyState: 'none'
    })
    expect(await rejection(after.fetch(server.url))).toMatchObject({
      code: 'payment/outcome-unknown',
      moneyState: 'sent'
    })
  })
})
