import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying } from '../../test/paying.js'
import { challengeOf, receiptHeader, type Script, serve } from '../../test/scripted-server.js'

const transports = [
  ['its own connections', {}],
  ['a fetch that the user brings', { fetch: (url: string, init: RequestInit) => fetch(url, init) }]
] as const

const page = (size: number): string =>
  `<!DOCTYPE html><script>window.x402 = {"x402Version":1,"accepts":[]}</script>${'x'.repeat(size)}`

/** Answers with a page that asks for money, as paywalls do, and with what was bought once it is paid. */
const paywall =
  (size: number, headers: Record<string, string> = {}): Script =>
  ({ payment }, response) => {
    const head = payment ? { 'payment-response': receiptHeader() } : headers
    response.writeHead(payment ? 200 : 402, { 'content-type': 'text/html', ...head })
    response.end(payment ? 'paid' : page(size))
  }

describe.each(transports)('X65, X66: a 402 that is not x402’s, over %s,', (_, options) => {
  it.each([
    ['a small web page', 10],
    ['a web page of 3.5 MB', 3_500_000]
  ])('goes back untouched, and an event says why: %s', async (__, size) => {
    const server = await serve(paywall(size))
    const { bursar, payer, events } = paying(options)
    const response = await bursar.fetch(server.url)
    expect([response.status, await response.text()]).toEqual([402, page(size)])
    expect(payer.prepared).toBe(0)
    expect(events).toMatchObject([
      { type: 'unpaid', status: 402, reason: expect.stringContaining('no x402 challenge') }
    ])
    expect(await bursar.quote(server.url)).toMatchObject({
      status: 402,
      offers: [],
      reason: expect.stringContaining('no x402 challenge')
    })
  })

  it('is no web page either: that of an account without credits', async () => {
    const body = JSON.stringify({ error: { message: 'Insufficient credits' } })
    const server = await serve((__, response) => void response.writeHead(402).end(body))
    const { bursar, events } = paying(options)
    const response = await bursar.fetch(server.url)
    expect([response.status, await response.text()]).toEqual([402, body])
    expect(events.map(({ type }) => type)).toEqual(['unpaid'])
  })

  it('is paid where its header asks for it, whatever page is below', async () => {
    const header = { 'payment-required': encodeHeader(challengeOf()) }
    const server = await serve(paywall(3_500_000, header))
    const { bursar, events } = paying(options)
    expect(await (await bursar.fetch(server.url)).text()).toBe('paid')
    expect(events.map(({ type }) => type)).not.toContain('unpaid')
  })
})

it('a 402 about the account that a request names is unpaid, and the event says so', async () => {
  const server = await serve((_, response) => {
    response.writeHead(402, { 'payment-required': encodeHeader(challengeOf()) }).end()
  })
  const { bursar, payer, events } = paying()
  const response = await bursar.fetch(server.url, { headers: { 'x-sign-in-with-x': 'proof' } })
  expect([response.status, payer.prepared]).toEqual([402, 0])
  expect(events).toMatchObject([{ type: 'unpaid', reason: expect.stringContaining('account') }])
})

it.each(transports)(
  'an answer without payment keeps a status that no Response is made with, over %s',
  async (_, options) => {
    const server = await serve((__, response) => void response.writeHead(999).end('denied'))
    const { bursar } = paying(options)
    const response = await bursar.fetch(server.url)
    expect([response.status, response.ok, await response.text()]).toEqual([999, false, 'denied'])
  }
)
