import { request } from 'node:http'
import { startBase } from '@bursar/localchain'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../start-gateway.js'
import { imageBody, postImages } from '../testing/katana.js'
import { encode } from '../testing/payer.js'
import { connectRaw } from '../testing/raw-http.js'
import { rpc } from '../testing/rpc.js'
import { useStack } from '../testing/stack.js'
import { getReport, payForReport } from '../testing/standard.js'

const stack = useStack({ maxBodyBytes: 100_000 })

describe('a body', () => {
  it('is not waited for where the price does not depend on it', async () => {
    const head = 'POST /standard/v2/report HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n'
    const connection = await connectRaw(stack.gateway.url)
    connection.write(head)
    await connection.receives(/^HTTP\/1\.1 402 /)
  })

  it('that is large and not wanted yet does no harm to the answer', async () => {
    const body = new Uint8Array(8_000_000)
    const answers = Array.from({ length: 5 }, () => getReport(stack.gateway, { method: 'POST', body }))
    for (const { status } of await Promise.all(answers)) expect(status).toBe(402)
  })

  it('is not asked for by 100 Continue before there is a payment', async () => {
    const head =
      'POST /standard/v2/report HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n'
    const unpaid = await connectRaw(stack.gateway.url)
    unpaid.write(`${head}\r\n`)
    await unpaid.receives(/^HTTP\/1\.1 402 /)
    const payment = await payForReport(stack.gateway, stack.payer)
    const paid = await connectRaw(stack.gateway.url)
    paid.write(`${head}PAYMENT-SIGNATURE: ${payment}\r\n\r\n`)
    await paid.receives(/^HTTP\/1\.1 100 Continue/)
  })

  it('is read where Katana’s price depends on it', async () => {
    const body = imageBody({ prompt: 'x'.repeat(50_000) })
    const head = `POST /v1/generation-requests HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
    const connection = await connectRaw(stack.gateway.url)
    connection.write(head)
    // Requests that came later are answered before this one.
    for (let later = 0; later < 3; later++) await getReport(stack.gateway)
    expect(connection.received()).toBe('')
    connection.write(body)
    await connection.receives(/^HTTP\/1\.1 /)
  })

  it('comes through whole on the paid leg', async () => {
    const body = 'x'.repeat(90_000)
    const payment = await payForReport(stack.gateway, stack.payer)
    const response = await getReport(stack.gateway, {
      method: 'POST',
      headers: { 'PAYMENT-SIGNATURE': payment },
      body
    })
    expect(await response.json()).toMatchObject({ method: 'POST', body: { bytes: 90_000 } })
  })

  it('that is larger than the bound is answered 413, and nothing is taken', async () => {
    const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
    const large = 'x'.repeat(100_001)
    const payment = await payForReport(stack.gateway, stack.payer)
    const paid = await getReport(stack.gateway, {
      method: 'POST',
      headers: { 'PAYMENT-SIGNATURE': payment },
      body: large
    })
    expect(paid.status).toBe(413)
    expect((await postImages(stack.gateway, imageBody({ prompt: large }))).status).toBe(413)
    expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before)
  })
})

describe('a header', () => {
  it('of a payment may be far larger than Node’s usual bound', async () => {
    const payment = encode({ x402Version: 2, accepted: { padding: 'x'.repeat(100_000) }, payload: {} })
    const response = await getReport(stack.gateway, { headers: { 'PAYMENT-SIGNATURE': payment } })
    expect(response.status).toBe(402)
  })

  it('that asks for an unknown fault is answered 400', async () => {
    const response = await getReport(stack.gateway, { headers: { 'X-Gateway-Fault': 'no-such-fault' } })
    expect(response.status).toBe(400)
  })

  it('that asks for a fault gets it as often as it says, for this request', async () => {
    const fault = { 'X-Gateway-Fault': 'answer-lost-after-settling*2' }
    const payment = await payForReport(stack.gateway, stack.payer)
    const paying = { headers: { ...fault, 'PAYMENT-SIGNATURE': payment } }
    expect((await getReport(stack.gateway, { headers: fault })).status).toBe(402)
    await expect(getReport(stack.gateway, paying)).rejects.toThrow(TypeError)
    await expect(getReport(stack.gateway, paying)).rejects.toThrow(TypeError)
    expect((await getReport(stack.gateway, paying)).status).toBe(200)
  })
})

describe('a route', () => {
  it('that does not exist is answered 404, and one with another method 405', async () => {
    expect((await fetch(`${stack.gateway.url}/v1/embeddings`, { method: 'POST' })).status).toBe(404)
    const wrong = await fetch(`${stack.gateway.url}/v1/chat/completions`)
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('Allow')).toBe('POST')
  })

  it('lets pages of other origins read the payment headers', async () => {
    const headers = { Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'POST' }
    const preflight = await fetch(`${stack.gateway.url}/standard/v2/report`, { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('POST')
    const response = await getReport(stack.gateway, { headers: { Origin: 'http://localhost:3000' } })
    expect(response.headers.get('Access-Control-Expose-Headers')).toContain('PAYMENT-REQUIRED')
  })
})

describe('the gateway', () => {
  it('notes what arrived without query or headers', async () => {
    await getReport(stack.gateway, {}, '?usdc=0.02&secret=1')
    expect(stack.gateway.requests.at(-1)).toEqual({
      method: 'GET',
      path: '/standard/v2/report',
      paid: false,
      status: 402
    })
  })

  it('stops while requests are open', async () => {
    const gateway = await startGateway({ base: stack.chain })
    gateway.faults.next('slow', { delayMs: 60_000 })
    const held = getReport(gateway)
    await new Promise((resolve) => request(`${gateway.url}/v1/x402`, resolve).end())
    await gateway.stop()
    await expect(held).rejects.toThrow(TypeError)
    await expect(getReport(gateway)).rejects.toThrow(TypeError)
  })

  it('stops while a settlement waits for its block', async () => {
    // Longer than any test, so that only the end of the wait lets the gateway stop.
    const gateway = await startGateway({ base: stack.chain, receiptTimeoutMs: 600_000 })
    const payment = await payForReport(gateway, stack.payer)
    await rpc(stack.chain, 'evm_setAutomine', false)
    const held = getReport(gateway, { headers: { 'PAYMENT-SIGNATURE': payment } }).catch(() => 'lost')
    const pending = async () => rpc(stack.chain, 'txpool_status')
    await expect.poll(pending).toMatchObject({ pending: '0x1' })
    await gateway.stop()
    expect(await held).toBe('lost')
    await rpc(stack.chain, 'evm_setAutomine', true)
    await rpc(stack.chain, 'evm_mine')
  })

  it('stops while a body is still coming in', async () => {
    const gateway = await startGateway({ base: stack.chain })
    const head = 'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n{'
    const connection = await connectRaw(gateway.url)
    connection.write(head)
    await getReport(gateway)
    await gateway.stop()
    await connection.closed
    expect(connection.received()).toBe('')
  })

  it('answers 502 when its chain is gone, and notes no payment', async () => {
    const chain = await startBase()
    const gateway = await startGateway({ base: chain })
    const payment = await payForReport(gateway, stack.payer)
    await chain.stop()
    for (const _time of ['first', 'second']) {
      const response = await getReport(gateway, { headers: { 'PAYMENT-SIGNATURE': payment } })
      expect(response.status).toBe(502)
      expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
    }
    await gateway.stop()
  })

  it('does not start without a chain, without a relayer, or with a bound that is none', async () => {
    const { rpcUrl } = stack.chain
    await expect(startGateway({})).rejects.toThrow(TypeError)
    await expect(startGateway({ base: { rpcUrl } })).rejects.toThrow(TypeError)
    await expect(startGateway({ base: stack.chain, maxBodyBytes: 65 * 1024 * 1024 })).rejects.toThrow(
      TypeError
    )
  })

  it('takes a payee and a relayer of one’s own', async () => {
    const [account] = stack.chain.accounts
    if (!account) throw new TypeError('anvil has no accounts')
    const payTo = `0x${'42'.repeat(20)}` as const
    const { rpcUrl } = stack.chain
    const gateway = await startGateway({ base: { rpcUrl, payTo, relayerKey: account.privateKey } })
    const payment = await payForReport(gateway, stack.payer)
    expect((await getReport(gateway, { headers: { 'PAYMENT-SIGNATURE': payment } })).status).toBe(200)
    expect(await stack.chain.balanceOf(payTo)).toBe(10_000n)
    expect(gateway.payTo.base).toBe(payTo)
    await gateway.stop()
  })
})
