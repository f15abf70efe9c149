import { gzipSync } from 'node:zlib'
import { memoryLedger } from '@bursar/ledger'
import { Agent, request, fetch as undiciFetch } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paying, rejection } from '../test/paying.js'
import { challenge, payable, receiptHeader, serve } from '../test/scripted-server.js'
import { paymentInterceptor } from './undici.js'

function payingAgent(bursar: ReturnType<typeof paying>['bursar']) {
  const agent = new Agent()
  onTestFinished(() => agent.close())
  return agent.compose(paymentInterceptor(bursar))
}

describe('the undici interceptor', () => {
  it('pays for request, with its body', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    const dispatcher = payingAgent(bursar)
    const { statusCode, body } = await request(`${server.url}/a?b=1`, {
      dispatcher,
      method: 'POST',
      body: '{"a":1}'
    })
    expect([statusCode, await body.text()]).toEqual([200, 'paid'])
    expect(server.arrivals.map((arrival) => [arrival.path, arrival.body.toString()])).toEqual([
      ['/a?b=1', '{"a":1}'],
      ['/a?b=1', '{"a":1}']
    ])
    expect(payer.signed).toHaveLength(1)
  })

  it("pays for undici's own fetch", async () => {
    const server = await serve(payable)
    const dispatcher = payingAgent(paying().bursar)
    const response = await undiciFetch(server.url, { dispatcher, method: 'POST', body: 'x' })
    expect([response.status, await response.text()]).toEqual([200, 'paid'])
  })

  it("hands a compressed answer on decompressed, and once: it is paid for when undici's fetch reads it", async () => {
    const server = await serve(({ payment }, response) => {
      if (!payment) return challenge(response)
      const headers = { 'PAYMENT-RESPONSE': receiptHeader(), 'content-encoding': 'gzip', 'x-kept': 'yes' }
      response.writeHead(200, headers).end(gzipSync('squeezed'))
    })
    const dispatcher = payingAgent(paying().bursar)
    const { headers, body } = await request(server.url, { dispatcher })
    expect(await body.text()).toBe('squeezed')
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers).not.toHaveProperty('content-length')
    expect(headers['x-kept']).toBe('yes')
    expect(await (await undiciFetch(server.url, { dispatcher })).text()).toBe('squeezed')
  })

  it('hands on as it came what is in a coding that is not known, and what HEAD says of a body', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'pigeon', 'content-length': 4 }).end('coo!')
    })
    const dispatcher = payingAgent(paying().bursar)
    const coded = { 'content-encoding': 'pigeon', 'content-length': '4' }
    const { headers, body } = await request(server.url, { dispatcher })
    expect([headers, await body.text()]).toMatchObject([coded, 'coo!'])
    expect((await request(server.url, { dispatcher, method: 'HEAD' })).headers).toMatchObject(coded)
  })

  it('hands a rejection on as the error of the request', async () => {
    const server = await serve(payable)
    const dispatcher = payingAgent(paying({ limits: { payment: '0.001' } }).bursar)
    expect(await rejection(request(server.url, { dispatcher }))).toMatchObject({ code: 'offer/over-limit' })
  })

  it('stops when the request is aborted', async () => {
    const server = await serve(() => {})
    const dispatcher = payingAgent(paying({ ledger: memoryLedger() }).bursar)
    const error = await rejection(request(server.url, { dispatcher, signal: AbortSignal.timeout(50) }))
    expect(error).toHaveProperty('name', 'TimeoutError')
  })

  it('rejects a bursar that is not one', () => {
    expect(() => paymentInterceptor({} as never)).toThrow(TypeError)
  })
})
