import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, payable, type Script, serve, settle } from '../../test/scripted-server.js'

const cut: Script = (_, response) => void response.socket?.destroy()

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
    const credentials = [
      ...['authorization', 'cookie', 'proxy-authorization', 'sign-in-with-x', 'x-api-key', 'x-api-secret'],
      ...['x-sign-in-with-x', 'api-key', 'x-goog-api-key', 'x-auth-token', 'x-rapidapi-key', 'x-auth-key'],
      ...['ocp-apim-subscription-key', 'x-functions-key', 'apikey', 'x-auth', 'x-password'],
      ...['api_key', 'x_secret_key', 'x-authtoken', 'x-client_secret']
    ]
    const secrets = Object.fromEntries(credentials.map((name) => [name, 'secret']))
    const headers = { ...secrets, 'x-kept': 'yes', 'idempotency-key': 'one' }
    const { bursar } = paying({ allow: { hosts: [new URL(other.url).host] } })
    const response = await bursar.fetch(server.url, { method: 'POST', body: 'b', headers })
    expect(response.url).toBe(`${other.url}/there`)
    const [first] = other.arrivals
    expect(first?.headers).toMatchObject({ 'x-kept': 'yes', 'idempotency-key': 'one' })
    expect(first?.body.toString()).toBe('b')
    expect(server.arrivals[0]?.headers).toMatchObject(secrets)
    for (const name of credentials) expect(first?.headers).not.toHaveProperty(name)
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
    const server = await serve((_, response) =>
      challenge(response, [solana, { ...offer, scheme: 'auth-capture' }])
    )
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
