import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying } from '../test/paying.js'
import { challenge, challengeOf, offer, payable, serve, settle } from '../test/scripted-server.js'

describe('a call that costs nothing', () => {
  it('goes back as it came, with nothing prepared or signed', async () => {
    const server = await serve((_, response) => void response.writeHead(201, { 'x-seen': 'yes' }).end('free'))
    const { bursar, payer } = paying()
    const response = await bursar.fetch(`${server.url}/free?x=1`)
    expect([response.status, response.headers.get('x-seen'), await response.text()]).toEqual([
      201,
      'yes',
      'free'
    ])
    expect(response.url).toBe(`${server.url}/free?x=1`)
    expect(bursar.receiptOf(response)).toBeUndefined()
    expect(payer.prepared).toBe(0)
  })

  it('streams while the server is still writing', async () => {
    let finish = (): void => {}
    const server = await serve((_, response) => {
      response.write('first')
      finish = () => response.end('second')
    })
    const response = await paying().bursar.fetch(server.url)
    const reader = response.body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first')
    finish()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('second')
    expect((await reader?.read())?.done).toBe(true)
  })

  it('gives a 402 that is not of x402 back to its caller', async () => {
    const server = await serve(
      (_, response) => void response.writeHead(402).end('{"error":"out of credits"}')
    )
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url)
    expect([response.status, await response.text()]).toEqual([402, '{"error":"out of credits"}'])
    expect(payer.prepared).toBe(0)
  })
})

describe('a call that is paid', () => {
  it('is answered once, with a receipt', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    const response = await bursar.fetch(`${server.url}/report`, { method: 'POST', body: '{"a":1}' })
    expect([response.status, await response.text()]).toEqual([200, 'paid'])
    expect(bursar.receiptOf(response)).toEqual({
      purchase: expect.stringMatching(/^p[0-9a-f]{32}$/),
      moneyState: 'settled',
      amount: '0.01',
      symbol: 'USDC',
      cost: '0.01',
      amountAtomic: 10_000n,
      network: 'eip155:8453',
      asset: offer.asset,
      payer: '0x2222222222222222222222222222222222222222',
      payTo: offer.payTo,
      transaction: `0x${'ab'.repeat(32)}`,
      reference: payer.signed[0]?.reference,
      paidFor: 'price',
      resumed: false
    })
    expect(server.arrivals.map(({ payment, body }) => [payment !== undefined, body.toString()])).toEqual([
      [false, '{"a":1}'],
      [true, '{"a":1}']
    ])
  })

  it('X7: echoes the resource and the received offer with its unknown keys, and adds none', async () => {
    const odd = { ...offer, extra: { ...offer.extra, mystery: [1, null] }, unknown: 'kept' }
    const server = await serve((arrival, response) =>
      arrival.payment ? settle(response) : challenge(response, [odd])
    )
    await paying().bursar.fetch(server.url)
    const sent = JSON.parse(Buffer.from(server.paid()[0]?.payment ?? '', 'base64').toString())
    expect(sent.accepted).toEqual(odd)
    expect(sent.resource).toEqual({ url: 'http://127.0.0.1/' })
  })

  it('X40: reads a header of more than 20 KB, and echoes more than 6.5 KB of extensions', async () => {
    const foreign = Array.from({ length: 50 }, (_, index) => ({ ...offer, network: `stellar:${index}` }))
    const names = ['a', 'b', 'c', 'd', 'e']
    const extensions = Object.fromEntries(names.map((name) => [name, { info: { text: name.repeat(1_000) } }]))
    const asked = encodeHeader(challengeOf([...foreign, offer], { extensions }))
    expect(asked.length).toBeGreaterThan(20_000)
    const server = await serve((arrival, response) =>
      arrival.payment ? settle(response) : void response.writeHead(402, { 'payment-required': asked }).end()
    )
    expect((await paying().bursar.fetch(server.url)).status).toBe(200)
    const { payment = '' } = server.paid()[0] ?? {}
    expect(payment.length).toBeGreaterThan(6_500)
    expect(JSON.parse(Buffer.from(payment, 'base64').toString()).extensions).toEqual(extensions)
  })

  it('reports each step, without a signature', async () => {
    const server = await serve(payable)
    const { bursar, events } = paying()
    await (await bursar.fetch(server.url)).text()
    expect(events.map(({ type }) => type)).toEqual([
      'challenged',
      'reserved',
      'signed',
      'sent',
      'settled',
      'answered',
      'delivered'
    ])
    expect(JSON.stringify(events)).not.toContain('secret-signature')
  })

  it('is marked sent, not settled, when the server does not say that it settled', async () => {
    const server = await serve((arrival, response) =>
      arrival.payment ? void response.end('ok') : challenge(response)
    )
    const { bursar } = paying()
    expect(bursar.receiptOf(await bursar.fetch(server.url))?.moneyState).toBe('sent')
  })

  it('does not believe a settlement of another amount, network or payer', async () => {
    for (const lie of [{ amount: '1' }, { network: 'eip155:1' }, { payer: `0x${'9'.repeat(40)}` }]) {
      const server = await serve((a, response) =>
        a.payment ? settle(response, 'ok', 200, lie) : challenge(response)
      )
      const { bursar } = paying()
      expect(bursar.receiptOf(await bursar.fetch(server.url))?.moneyState).toBe('sent')
    }
  })

  it('pays twice for two calls that are equal and both answered', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    for (let call = 0; call < 2; call++) await (await bursar.fetch(server.url)).text()
    expect(payer.signed).toHaveLength(2)
  })

  it('sends both legs over one connection', async () => {
    const ports: (number | undefined)[] = []
    const server = await serve((arrival, response, index) => {
      ports.push(response.socket?.remotePort)
      return payable(arrival, response, index)
    })
    const { bursar } = paying()
    for (let call = 0; call < 6; call++) await (await bursar.fetch(server.url)).text()
    expect(ports[0]).toBe(ports[1])
    // A caller that pays again in the very macrotask in which it was answered takes a second socket, once.
    expect(new Set(ports).size).toBeLessThanOrEqual(2)
  })

  it('pays a v1 challenge in its own header and network names', async () => {
    const { amount, ...rest } = {
      ...offer,
      network: 'base',
      maxAmountRequired: '10000',
      resource: 'http://x/'
    }
    const server = await serve((arrival, response) => {
      if (arrival.headers['x-payment']) return settle(response)
      response.writeHead(402).end(JSON.stringify({ x402Version: 1, error: 'pay', accepts: [rest] }))
    })
    const { bursar } = paying()
    expect((await bursar.fetch(server.url)).status).toBe(200)
    const sent = JSON.parse(Buffer.from(server.paid()[0]?.payment ?? '', 'base64').toString())
    expect(sent).toMatchObject({ x402Version: 1, scheme: 'exact', network: 'base' })
    expect(amount).toBe('10000')
  })
})
