import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { imageBody, payForImages, postImages } from '../testing/katana.js'
import { challengeOf, decode, encode, firstOffer } from '../testing/payer.js'
import { useStack } from '../testing/stack.js'
import { getReport, payForReport, payOffer } from '../testing/standard.js'

const stack = useStack()

const paying = (payment: string): RequestInit => ({ headers: { 'PAYMENT-SIGNATURE': payment } })
const getV1 = (): Promise<Response> => fetch(`${stack.gateway.url}/standard/v1/report`)

describe('challenge-missing', () => {
  it('leaves a 402 that says nothing, in v2 and in v1', async () => {
    stack.gateway.faults.next('challenge-missing', { times: 2 })
    const response = await getReport(stack.gateway)
    expect(response.status).toBe(402)
    expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
    expect(await (await getV1()).json()).toEqual({})
  })
})

describe('challenge-malformed', () => {
  it.each([
    ['base64', (text: string) => expect(text).toMatch(/^%/)],
    ['json', (text: string) => expect(() => decode(text)).toThrow(SyntaxError)],
    ['accepts', (text: string) => expect(decode(text)).toEqual({ x402Version: 2, error: 'Payment required' })]
  ] as const)('how: %s', async (how, check) => {
    stack.gateway.faults.next('challenge-malformed', { how })
    check((await getReport(stack.gateway)).headers.get('PAYMENT-REQUIRED') ?? '')
  })

  it('breaks the body in v1', async () => {
    stack.gateway.faults.next('challenge-malformed')
    await expect((await getV1()).json()).rejects.toThrow(SyntaxError)
  })
})

describe('challenge-huge', () => {
  it('is half a megabyte, or what is asked for, and beyond what fetch takes', async () => {
    stack.gateway.faults.next('challenge-huge')
    await expect(getReport(stack.gateway)).rejects.toThrow(TypeError)
    stack.gateway.faults.next('challenge-huge', { bytes: 50_000 })
    const header = await new Promise<string>((resolve, reject) => {
      const asking = request(
        `${stack.gateway.url}/standard/v2/report`,
        { maxHeaderSize: 1_000_000 },
        (response) => {
          response.resume()
          resolve(String(response.headers['payment-required']))
        }
      )
      asking.on('error', reject).end()
    })
    expect(header.length).toBeGreaterThan(50_000)
    expect(decode(header)).toMatchObject({ x402Version: 2, accepts: [{ scheme: 'exact' }] })
  })

  it('is a body in v1', async () => {
    stack.gateway.faults.next('challenge-huge')
    expect((await (await getV1()).text()).length).toBeGreaterThan(500_000)
  })
})

describe('wrong-payee', () => {
  it('offers for somebody else, and a client that is fooled pays them', async () => {
    stack.gateway.faults.next('wrong-payee')
    const offer = firstOffer(await getReport(stack.gateway))
    expect(offer.payTo).not.toBe(stack.gateway.payTo.base)
    const response = await getReport(stack.gateway, paying(await payOffer(stack.payer, offer)))
    expect(response.status).toBe(200)
    expect(await stack.chain.balanceOf(`0x${String(offer.payTo).slice(2)}`)).toBe(10_000n)
  })

  it('accepts its changed offer for this request only', async () => {
    stack.gateway.faults.next('wrong-payee')
    const offer = firstOffer(await getReport(stack.gateway))
    const elsewhere = await getReport(stack.gateway, paying(await payOffer(stack.payer, offer)), '?other')
    expect(challengeOf(elsewhere).error).toBe('accepted_mismatch')
  })
})

describe('price-above-quote', () => {
  it('wants twice the price of a payment that arrives, and a client that gives in can pay it', async () => {
    const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
    const body = imageBody()
    const payment = await payForImages(stack.gateway, stack.payer, body)
    stack.gateway.faults.next('price-above-quote')
    const response = await postImages(stack.gateway, body, { 'PAYMENT-SIGNATURE': payment })
    expect(response.status).toBe(402)
    expect(challengeOf(response).error).toBe('accepted_mismatch')
    const accepted = firstOffer(response)
    expect(accepted).toMatchObject({ amount: '39076', maxAmountRequired: '39076' })
    expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before)
    const dearer = encode({ x402Version: 2, accepted, payload: await stack.payer.authorize(accepted) })
    expect((await postImages(stack.gateway, body, { 'PAYMENT-SIGNATURE': dearer })).status).toBe(200)
    expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before + 39_076n)
  })

  it('can quote the higher price at once', async () => {
    stack.gateway.faults.next('price-above-quote', { leg: 'unpaid', factor: 10 })
    expect(firstOffer(await getReport(stack.gateway))).toMatchObject({ amount: '100000' })
  })
})

describe('wrong-domain', () => {
  it('names a domain that is not the token’s; signed in it, the token rejects', async () => {
    stack.gateway.faults.next('wrong-domain')
    const offer = firstOffer(await getReport(stack.gateway))
    expect(offer.extra).toEqual({ name: 'Dollar Coin', version: '2' })
    const payment = await payOffer(stack.payer, offer, { domain: { name: 'Dollar Coin' } })
    expect(challengeOf(await getReport(stack.gateway, paying(payment))).error).toBe('token_name_mismatch')
  })

  it('puts a domain into Katana’s extra, where there is none', async () => {
    stack.gateway.faults.next('wrong-domain')
    expect(firstOffer(await postImages(stack.gateway, imageBody())).extra).toMatchObject({
      name: 'Dollar Coin',
      currency: 'USDC'
    })
  })
})

describe('unknown-asset', () => {
  it('offers in an asset without code', async () => {
    stack.gateway.faults.next('unknown-asset')
    const offer = firstOffer(await getReport(stack.gateway))
    expect(offer.asset).not.toBe(stack.chain.usdc)
    const response = await getReport(stack.gateway, paying(await payOffer(stack.payer, offer)))
    expect(challengeOf(response).error).toBe('asset_without_code')
  })
})

describe('unknown-scheme-among-known', () => {
  it('puts what cannot be paid before what can', async () => {
    stack.gateway.faults.next('unknown-scheme-among-known')
    const [barter, nonsense, honest] = challengeOf(await getReport(stack.gateway)).accepts
    expect(barter).toMatchObject({ scheme: 'barter' })
    for (const [offer, reason] of [
      [barter, 'unsupported_scheme'],
      [nonsense, 'accepted_mismatch']
    ] as const) {
      const payload = await stack.payer.authorize({ ...honest, ...offer })
      const payment = encode({ x402Version: 2, accepted: offer, payload })
      expect(challengeOf(await getReport(stack.gateway, paying(payment))).error).toBe(reason)
    }
    expect((await getReport(stack.gateway, paying(await payOffer(stack.payer, honest ?? {})))).status).toBe(
      200
    )
  })
})

describe('timeout-seconds-1e9', () => {
  it('peers defect 4: is to be echoed, and to be clamped by anyone who signs', async () => {
    stack.gateway.faults.next('timeout-seconds-1e9')
    const offer = firstOffer(await getReport(stack.gateway))
    expect(offer.maxTimeoutSeconds).toBe(1_000_000_000)
    expect((await getReport(stack.gateway, paying(await payOffer(stack.payer, offer)))).status).toBe(200)
  })
})

it('an honest payment is untouched by faults on the other leg', async () => {
  const payment = await payForReport(stack.gateway, stack.payer)
  stack.gateway.faults.next('wrong-payee')
  expect((await getReport(stack.gateway, paying(payment))).status).toBe(200)
  expect(firstOffer(await getReport(stack.gateway)).payTo).not.toBe(stack.gateway.payTo.base)
})
