import { createSecureServer, type Http2SecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { encodeHeader } from '@bursar/core'
import { generate } from 'selfsigned'
import {
  Agent,
  type buildConnector,
  type Dispatcher,
  EnvHttpProxyAgent,
  getGlobalDispatcher,
  interceptors,
  ProxyAgent,
  setGlobalDispatcher
} from 'undici'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { startProxy } from '../../test/proxy-server.js'
import { challengeOf, payable, receiptHeader, serve, serveTls } from '../../test/scripted-server.js'
import { createEnvFetch } from './env-fetch.js'

const { cert, private: key } = await generate([{ name: 'commonName', value: 'shop.example' }])

beforeEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'])
    vi.stubEnv(name, undefined)
  // The certificate is of nobody that is trusted.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  onTestFinished(() => void vi.unstubAllEnvs())
})

/** A shop over TLS that only a proxy leads to, since its name is nowhere known. */
async function proxiedShop() {
  const server = await serveTls(payable, { cert, key })
  return { server, proxy: await startProxy(server.port) }
}

describe('the proxy that the environment names', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'is asked for the host, and the payment goes through it: %s',
    async (name) => {
      const { server, proxy } = await proxiedShop()
      vi.stubEnv(name, proxy.url)
      const { bursar, payer } = paying()
      const response = await bursar.fetch('https://shop.example/x')
      expect([response.status, await response.text()]).toEqual([200, 'paid'])
      expect(new Set(proxy.tunnels)).toEqual(new Set(['shop.example:443']))
      expect([server.paid().length, payer.signed.length]).toEqual([1, 1])
    }
  )

  it('is not asked for a host of NO_PROXY', async () => {
    const { proxy } = await proxiedShop()
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    vi.stubEnv('NO_PROXY', 'shop.example')
    await rejection(paying().bursar.fetch('https://shop.example/x'))
    expect(proxy.tunnels).toEqual([])
  })

  it('is never asked for what is on this machine, which may be paid over plain http', async () => {
    const server = await serve(payable)
    const proxy = await startProxy(server.port)
    vi.stubEnv('HTTP_PROXY', proxy.url)
    const { bursar } = paying()
    for (const host of ['127.0.0.1', 'localhost', 'shop.localhost'])
      expect((await bursar.fetch(`http://${host}:${server.port}/${host}`)).status).toBe(200)
    expect([proxy.tunnels, server.paid().length]).toEqual([[], 3])
  })

  it('is not asked for it either where Node has set that proxy for the process by itself', async () => {
    const server = await serve(payable)
    const proxy = await startProxy(server.port)
    vi.stubEnv('HTTP_PROXY', proxy.url)
    const before = getGlobalDispatcher()
    setGlobalDispatcher(new EnvHttpProxyAgent())
    onTestFinished(() => setGlobalDispatcher(before))
    const { bursar } = paying()
    for (const host of ['127.0.0.1', 'shop.localhost'])
      expect((await bursar.fetch(`http://${host}:${server.port}/${host}`)).status).toBe(200)
    expect((await createEnvFetch()(server.url, {})).status).toBe(402)
    expect([proxy.tunnels, server.paid().length]).toEqual([[], 2])
    expect((await bursar.fetch('http://shop.example/x').catch(() => undefined))?.status).not.toBe(200)
    expect(proxy.tunnels).toEqual(['shop.example:80'])
  })

  it('and that does not answer leaves the call unreachable, and nothing signed', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1')
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch('https://shop.example/x'))).toMatchObject({
      cause: { code: 'request/unreachable' }
    })
    expect(payer.signed).toEqual([])
  })
})

describe('the dispatcher of the process', () => {
  /** Sets it until the test ends. */
  function useGlobally(dispatcher: Dispatcher): void {
    const before = getGlobalDispatcher()
    setGlobalDispatcher(dispatcher)
    onTestFinished(async () => {
      setGlobalDispatcher(before)
      await dispatcher.destroy()
    })
  }

  it.each([
    ['a proxy', (url: string) => new ProxyAgent(url)],
    ['composed with an interceptor', (url: string) => new ProxyAgent(url).compose(interceptors.dump())]
  ])('carries calls and payments: %s', async (_, create) => {
    const { server, proxy } = await proxiedShop()
    useGlobally(create(proxy.url))
    const response = await paying().bursar.fetch('https://shop.example/x')
    expect(response.status).toBe(200)
    expect(proxy.tunnels).toContain('shop.example:443')
    expect(server.paid()).toHaveLength(1)
  })

  it('carries them also as an agent with options of its own', async () => {
    const server = await serve(payable)
    let connections = 0
    const connect: buildConnector.connector = ({ hostname }, callback) => {
      connections++
      callback(new Error(`no way to ${hostname}`), null)
    }
    useGlobally(new Agent({ connect }))
    await rejection(paying().bursar.fetch(server.url))
    expect(connections).toBeGreaterThan(0)
  })

  it('is left alone where it is the plain one that Node sets by itself', async () => {
    useGlobally(new Agent())
    const server = await serve(payable)
    await paying().bursar.fetch(server.url)
    expect(server.arrivals[0]?.headers['user-agent']).toBe('bursar')
  })
})

describe('a name under localhost', () => {
  it('is this machine, and paid over plain http', async () => {
    const server = await serve(payable)
    const response = await paying().bursar.fetch(`http://shop.localhost:${server.port}/x`)
    expect([response.status, server.paid().length]).toEqual([200, 1])
  })

  it.each(['localhost.example', 'notlocalhost', 'shop.localhost.example'])('and not %s', async (host) => {
    const fetch = async () => Response.json(challengeOf(), { status: 402 })
    const { bursar, payer } = paying({ fetch })
    expect(await rejection(bursar.fetch(`http://${host}/x`))).toMatchObject({ code: 'request/insecure' })
    expect(payer.signed).toEqual([])
  })
})

describe('a server that speaks HTTP/2', () => {
  async function serveHttp2(options: { allowHTTP1: boolean }): Promise<{ url: string; paid: () => number }> {
    let paid = 0
    const server: Http2SecureServer = createSecureServer({ cert, key, ...options }, (request, response) => {
      const isPaid = request.headers['payment-signature'] !== undefined
      if (isPaid) paid++
      const headers = isPaid
        ? { 'payment-response': receiptHeader() }
        : { 'payment-required': encodeHeader(challengeOf()) }
      response.writeHead(isPaid ? 200 : 402, headers)
      response.end(isPaid ? 'paid' : '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, paid: () => paid }
  }

  it('is paid over HTTP/1.1 where it speaks that too', async () => {
    const server = await serveHttp2({ allowHTTP1: true })
    const response = await paying().bursar.fetch(server.url)
    expect([response.status, await response.text(), server.paid()]).toEqual([200, 'paid', 1])
  })

  it('is paid over HTTP/2 alone, by a dispatcher that speaks it', async () => {
    const server = await serveHttp2({ allowHTTP1: false })
    const dispatcher = new Agent({ allowH2: true })
    onTestFinished(() => dispatcher.destroy())
    const { bursar } = paying()
    const response = await bursar.fetch(server.url, { dispatcher } as RequestInit)
    expect([response.status, await response.text(), server.paid()]).toEqual([200, 'paid', 1])
    expect(bursar.receiptOf(response)?.moneyState).toBe('settled')
  })
})
