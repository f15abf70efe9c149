import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { decode, encode, firstOffer } from '../testing/payer.js'
import { useStack } from '../testing/stack.js'
import { getReport, payForReport } from '../testing/standard.js'

const stack = useStack()

const challengeV1 = z.object({
  x402Version: z.literal(1),
  error: z.string(),
  accepts: z.array(z.record(z.string(), z.json()))
})

describe('/standard/v2/report', () => {
  it('offers by the standard: resource, domain, and nothing of v1', async () => {
    const response = await getReport(stack.gateway, {}, '?usdc=0.25')
    expect(decode(response.headers.get('PAYMENT-REQUIRED'))).toEqual({
      x402Version: 2,
      error: 'Payment required',
      resource: {
        url: `${stack.gateway.url}/standard/v2/report?usdc=0.25`,
        description: 'A report on the request',
        mimeType: 'application/json'
      },
      accepts: [
        {
          scheme: 'exact',
          network: 'eip155:8453',
          amount: '250000',
          asset: stack.chain.usdc,
          payTo: stack.gateway.payTo.base,
          maxTimeoutSeconds: 300,
          extra: { name: 'USD Coin', version: '2' }
        }
      ]
    })
  })

  it('takes a payment that echoes resource and extensions too', async () => {
    const accepted = firstOffer(await getReport(stack.gateway))
    const payload = await stack.payer.authorize(accepted)
    const payment = encode({ x402Version: 2, resource: { url: 'x' }, accepted, payload, extensions: {} })
    expect((await getReport(stack.gateway, { headers: { 'PAYMENT-SIGNATURE': payment } })).status).toBe(200)
  })

  it('does not take v1’s header', async () => {
    const payment = await payForReport(stack.gateway, stack.payer)
    expect((await getReport(stack.gateway, { headers: { 'X-PAYMENT': payment } })).status).toBe(402)
  })

  it.each(['0', '-1', '0.0000001', '1e3', 'free'])('has no price of %s', async (usdc) => {
    expect((await getReport(stack.gateway, {}, `?usdc=${usdc}`)).status).toBe(400)
  })
})

describe('/standard/v1/report', () => {
  const get = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${stack.gateway.url}/standard/v1/report`, { headers })

  async function pay(changes: Record<string, unknown> = {}): Promise<Response> {
    const { accepts } = challengeV1.parse(await (await get()).json())
    const payload = await stack.payer.authorize(accepts[0] ?? {})
    return get({
      'X-PAYMENT': encode({ x402Version: 1, scheme: 'exact', network: 'base', payload, ...changes })
    })
  }

  it('offers in the body, on network "base"', async () => {
    const response = await get()
    expect(response.status).toBe(402)
    expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
    expect(challengeV1.parse(await response.json())).toMatchObject({
      error: 'Payment required',
      accepts: [
        {
          scheme: 'exact',
          network: 'base',
          maxAmountRequired: '10000',
          resource: `${stack.gateway.url}/standard/v1/report`,
          payTo: stack.gateway.payTo.base,
          asset: stack.chain.usdc,
          extra: { name: 'USD Coin', version: '2' }
        }
      ]
    })
  })

  it('is paid with X-PAYMENT and answers with X-PAYMENT-RESPONSE', async () => {
    const response = await pay()
    expect(response.status).toBe(200)
    expect(decode(response.headers.get('X-PAYMENT-RESPONSE'))).toMatchObject({
      success: true,
      network: 'base'
    })
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
  })

  it('is paid by a client that names the asset beside, as that of @faremeter/fetch 0.22', async () => {
    expect((await pay({ asset: stack.chain.usdc })).status).toBe(200)
  })

  it.each([
    ['another scheme', { scheme: 'upto' }, 'accepted_mismatch'],
    ['a CAIP-2 network', { network: 'eip155:8453' }, 'accepted_mismatch'],
    ['the other version', { x402Version: 2 }, 'unsupported_x402_version'],
    ['no network', { network: undefined }, 'payment_header_malformed']
  ])('rejects %s', async (_what, changes, error) => {
    const response = await pay(changes)
    expect(response.status).toBe(402)
    expect(await response.json()).toMatchObject({ x402Version: 1, error })
  })
})
