import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, challengeOf, type Script, serve, settle } from '../../test/scripted-server.js'

const hostOf = (url: string): string => new URL(url).host

/** Redirects `/a`, and asks to be paid for everything else. */
function redirects(status: number, location: string): Script {
  return ({ path, payment }, response) => {
    if (path.startsWith('/a')) return void response.writeHead(status, { location }).end()
    return payment ? settle(response) : challenge(response)
  }
}

describe('M67, X67: a redirect that made another request of the caller’s', () => {
  it.each([
    [301, 'POST'],
    [302, 'POST'],
    [303, 'POST'],
    [303, 'PUT'],
    [303, 'DELETE']
  ])('is not paid: %i of a %s', async (status, method) => {
    const server = await serve(redirects(status, '/b?secret=1'))
    const { bursar, payer } = paying()
    const error = await rejection(bursar.fetch(`${server.url}/a?secret=1`, { method, body: 'buy' }))
    expect(error).toMatchObject({
      code: 'request/redirected',
      moneyState: 'none',
      context: { status, from: `${method} ${server.url}/a`, to: `GET ${server.url}/b` }
    })
    expect(payer.signed).toEqual([])
    expect(server.paid()).toEqual([])
  })

  it('goes on unpaid when it asks for nothing', async () => {
    const server = await serve(({ path }, response) =>
      path === '/a' ? void response.writeHead(303, { location: '/b' }).end() : void response.end('free')
    )
    const response = await paying().bursar.fetch(`${server.url}/a`, { method: 'POST', body: 'buy' })
    expect([await response.text(), response.redirected, response.url]).toEqual([
      'free',
      true,
      `${server.url}/b`
    ])
  })

  it.each([307, 308])('is paid with its method and its body where both were kept: %i', async (status) => {
    const server = await serve(redirects(status, '/b'))
    const response = await paying().bursar.fetch(`${server.url}/a`, { method: 'POST', body: 'buy' })
    expect([response.status, response.redirected]).toEqual([200, true])
    expect(server.paid().map(({ method, path, body }) => [method, path, body.toString()])).toEqual([
      ['POST', '/b', 'buy']
    ])
  })
})

describe('M68: a redirect to another origin', () => {
  it('is not paid, and names both', async () => {
    const other = await serve(redirects(0, ''))
    const server = await serve(redirects(307, `${other.url}/x`))
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(`${server.url}/a`))).toMatchObject({
      code: 'request/redirected',
      moneyState: 'none',
      context: { from: `GET ${server.url}/a`, to: `GET ${other.url}/x` }
    })
    expect([payer.signed, other.paid()]).toEqual([[], []])
  })

  it('is not paid by way of a third that leads on', async () => {
    const other = await serve(redirects(0, ''))
    const between = await serve(redirects(307, `${other.url}/x`))
    const server = await serve(redirects(307, `${between.url}/a`))
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(`${server.url}/a`))).toMatchObject({ code: 'request/redirected' })
    expect(payer.signed).toEqual([])
  })

  it('is paid when it led back to where the caller asked', async () => {
    const urls = { home: '' }
    const other = await serve(
      (_, response) => void response.writeHead(307, { location: `${urls.home}/x` }).end()
    )
    const server = await serve(redirects(307, `${other.url}/back`))
    urls.home = server.url
    const { bursar } = paying()
    expect((await bursar.fetch(`${server.url}/a`)).status).toBe(200)
  })

  it('is paid where allow.hosts names it, and a quote says the same', async () => {
    const other = await serve(redirects(0, ''))
    const server = await serve(redirects(307, `${other.url}/x`))
    const { bursar } = paying({ allow: { hosts: [hostOf(other.url)] } })
    expect((await bursar.quote(`${server.url}/a`)).offers).toMatchObject([{ rejection: undefined }])
    const response = await bursar.fetch(`${server.url}/a`)
    expect([response.status, response.redirected, response.url]).toEqual([200, true, `${other.url}/x`])
    const quote = await paying().bursar.quote(`${server.url}/a`)
    expect(quote.offers).toMatchObject([{ rejection: { code: 'request/redirected' } }])
  })

  it.each([
    ['http://shop.test/', 'https://shop.test/x'],
    ['https://shop.test/', 'https://www.shop.test/x'],
    ['https://www.shop.test/', 'https://shop.test/x'],
    ['http://shop.test/', 'https://www.shop.test/x'],
    ['http://shop.test:8080/', 'https://shop.test:8080/x']
  ])('is none from %s to %s', async (from, to) => {
    const { bursar, payer } = paying({ fetch: redirectingFetch(from, to) })
    expect((await bursar.fetch(from)).status).toBe(200)
    expect(payer.signed).toHaveLength(1)
  })

  it.each([
    ['https://shop.test/', 'https://shop.test:8443/x'],
    ['http://shop.test/', 'https://shop.test:8443/x'],
    ['http://shop.test:8080/', 'https://shop.test/x'],
    ['https://shop.test/', 'https://www.www.shop.test/x'],
    ['https://pay.shop.test/', 'https://shop.test/x'],
    ['https://shop.test/', 'https://pay.shop.test/x'],
    ['https://shop.test/', 'https://shop.test.evil.example/x']
  ])('is one from %s to %s', async (from, to) => {
    const { bursar, payer } = paying({ fetch: redirectingFetch(from, to) })
    expect(await rejection(bursar.fetch(from))).toMatchObject({ code: 'request/redirected' })
    expect(payer.signed).toEqual([])
  })
})

describe('a redirect of the payment itself', () => {
  it.each([
    [301, '/moved?key=secret', '/moved'],
    [303, 'https://elsewhere.example/x?key=secret', 'https://elsewhere.example/x'],
    [307, 'http://[', 'a malformed URL']
  ])(
    'is not followed, and the error says where it led, without its query: %i',
    async (status, location, led) => {
      const server = await serve(({ payment }, response) =>
        payment ? void response.writeHead(status, { location }).end() : challenge(response)
      )
      const error = await rejection(paying().bursar.fetch(server.url))
      expect(error).toMatchObject({ code: 'payment/redirected', moneyState: 'sent', context: { status } })
      expect(String(error)).toContain(
        `a redirect (${status}) to ${led.startsWith('/') ? server.url : ''}${led}, not followed`
      )
      expect(String(error)).not.toContain('secret')
      expect(server.paid()).toHaveLength(1)
    }
  )
})

it.each([300, 304])('a paid answer with %i leads nowhere, and is handed over', async (status) => {
  const server = await serve(({ payment }, response) =>
    payment ? settle(response, '', status) : challenge(response)
  )
  const { bursar } = paying()
  const response = await bursar.fetch(server.url, { headers: { 'if-none-match': '"x"' } })
  expect(response.status).toBe(status)
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled' })
  expect(server.paid()).toHaveLength(1)
})

describe('a redirect that is not followed', () => {
  it.each<[string, RequestInit, string]>([
    ['/b', { redirect: 'error' }, '/b, and redirect is "error"'],
    ['ftp://files.example/x?key=secret', {}, 'to ftp://files.example/x, which is no http URL'],
    ['http://[', {}, 'to a malformed URL, which is no http URL'],
    ['/a?key=secret', {}, '/a, after 20 redirects']
  ])(
    '%# to %s is an error that says that nothing was paid, and shows no query',
    async (location, init, said) => {
      const server = await serve((_, response) => void response.writeHead(302, { location }).end())
      const { bursar, payer } = paying()
      const error = await rejection(bursar.fetch(`${server.url}/a?key=secret`, init))
      expect(error).toMatchObject({
        code: 'request/redirected',
        moneyState: 'none',
        context: { status: 302, from: `GET ${server.url}/a` },
        message: expect.stringContaining(said)
      })
      expect(String(error)).not.toContain('secret')
      expect(payer.signed).toEqual([])
    }
  )
})

/** A fetch without a network: one URL leads to another, which asks to be paid. */
function redirectingFetch(from: string, to: string): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, { headers }) => {
    if (url === from) return new Response(null, { status: 307, headers: { location: to } })
    const isPaid = new Headers(headers).has('payment-signature')
    return isPaid ? new Response('paid') : Response.json(challengeOf(), { status: 402 })
  }
}

it.each(['/c', 'elsewhere'])(
  'a payment whose answer was lost is not sent where the same call is led by now: %s',
  async (place) => {
    let isLost = true
    const answers: Script = ({ payment }, response) => {
      if (!payment) return challenge(response)
      return isLost ? void response.destroy() : settle(response)
    }
    const other = await serve(answers)
    const led = place === 'elsewhere' ? `${other.url}/b` : place
    const server = await serve((arrival, response, index) =>
      arrival.path === '/a'
        ? void response.writeHead(307, { location: isLost ? '/b' : led }).end()
        : answers(arrival, response, index)
    )
    const hosts = [hostOf(server.url), hostOf(other.url)]
    const { bursar, payer } = paying({ allow: { hosts }, resend: { times: 0 } })
    await rejection(bursar.fetch(`${server.url}/a`))
    isLost = false
    expect(await rejection(bursar.fetch(`${server.url}/a`))).toMatchObject({
      code: 'payment/redirected',
      moneyState: 'sent',
      message: expect.stringContaining('led this call elsewhere before')
    })
    expect([payer.signed.length, server.paid().length, other.paid().length]).toEqual([1, 1, 0])
  }
)
