import { describe, expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../start-gateway.js'
import { imageBody, payForImages, postImages } from '../testing/katana.js'
import { challengeOf, decode, encode, firstOffer, fundPayer } from '../testing/payer.js'
import { rpc } from '../testing/rpc.js'
import { useStack } from '../testing/stack.js'
import { getReport, payForReport, payOffer } from '../testing/standard.js'

const stack = useStack()

const paying = (payment: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { 'PAYMENT-SIGNATURE': payment }
})

/** What this payer's payments have moved so far. */
async function taken(): Promise<bigint> {
  return stack.chain.balanceOf(stack.gateway.payTo.base)
}

describe('an unpaid request', () => {
  it('is answered 402 with the price, and nothing is taken', async () => {
    const before = await taken()
    const response = await getReport(stack.gateway)
    expect(response.status).toBe(402)
    expect(challengeOf(response).accepts).toHaveLength(1)
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
    expect(await taken()).toBe(before)
  })
})

describe('a payment that cannot be read', () => {
  const payload = { authorization: {}, signature: '0x00' }
  it.each([
    ['is not base64', '%%%%', 'payment_header_malformed'],
    [
      'is base64url',
      Buffer.from('{"x402Version":2,"a":"???>>>"}').toString('base64url'),
      'payment_header_malformed'
    ],
    ['lacks its padding', encode({ x402Version: 2 }).replace(/=+$/, ''), 'payment_header_malformed'],
    ['is not JSON', Buffer.from('{').toString('base64'), 'payment_header_malformed'],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('base64'), 'payment_header_malformed'],
    ['is no object', encode([1, 2]), 'payment_header_malformed'],
    ['has no accepted', encode({ x402Version: 2, payload }), 'payment_header_malformed'],
    [
      'is of another version',
      encode({ x402Version: 1, scheme: 'exact', network: 'base', payload }),
      'unsupported_x402_version'
    ]
  ])('Katana 45: because it %s is answered 402 with a fresh challenge', async (_what, header, reason) => {
    const response = await getReport(stack.gateway, paying(header))
    expect(response.status).toBe(402)
    expect(challengeOf(response)).toMatchObject({ error: reason, accepts: [{ scheme: 'exact' }] })
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
  })
})

describe('the accepted entry', () => {
  it.each([
    ['amount', { amount: '1' }],
    ['payTo', { payTo: `0x${'11'.repeat(20)}` }],
    ['asset', { asset: `0x${'11'.repeat(20)}` }],
    ['network', { network: 'eip155:1' }],
    ['scheme', { scheme: 'upto' }],
    ['maxTimeoutSeconds', { maxTimeoutSeconds: 60 }],
    ['an added key', { note: 'x' }],
    ['an extra that says otherwise', { extra: { name: 'USDC', version: '2' } }],
    ['an extra that says less', { extra: { name: 'USD Coin' } }]
  ])('Katana 24: with a changed %s is no offer', async (_what, change) => {
    const offer = firstOffer(await getReport(stack.gateway))
    const payload = await stack.payer.authorize(offer)
    const payment = encode({ x402Version: 2, accepted: { ...offer, ...change }, payload })
    const response = await getReport(stack.gateway, paying(payment))
    expect(response.status).toBe(402)
    expect(challengeOf(response).error).toBe('accepted_mismatch')
  })

  it('may have its keys in another order and say more in extra', async () => {
    const offer = firstOffer(await getReport(stack.gateway))
    const { extra, ...terms } = Object.fromEntries(Object.entries(offer).reverse())
    const accepted = { ...terms, extra: { ...(extra as object), more: true } }
    const payment = encode({ x402Version: 2, accepted, payload: await stack.payer.authorize(offer) })
    expect((await getReport(stack.gateway, paying(payment))).status).toBe(200)
  })
})

describe('a rejection', () => {
  it('by verification is a fresh challenge and no settlement', async () => {
    const payment = await payForReport(stack.gateway, stack.payer, { value: 1n })
    const response = await getReport(stack.gateway, paying(payment))
    expect(response.status).toBe(402)
    expect(challengeOf(response).error).toBe('value_mismatch')
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
  })

  it('forgets the payment: the same one can be made good', async () => {
    const poor = await fundPayer(stack.chain, 0n)
    const payment = await payForReport(stack.gateway, poor)
    const refused = await getReport(stack.gateway, paying(payment))
    expect(challengeOf(refused).error).toBe('insufficient_balance')
    await stack.chain.mint(poor.address, 10_000n)
    expect((await getReport(stack.gateway, paying(payment))).status).toBe(200)
  })

  it('by a late block is a settlement that failed, and no challenge', async () => {
    const gateway = await startGateway({ base: stack.chain, receiptTimeoutMs: 2_000 })
    onTestFinished(() => gateway.stop())
    const payment = await payForReport(gateway, stack.payer)
    await rpc(stack.chain, 'evm_setAutomine', false)
    const response = await getReport(gateway, paying(payment))
    await rpc(stack.chain, 'evm_setAutomine', true)
    expect(response.status).toBe(402)
    expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({
      success: false,
      errorReason: 'settlement_pending',
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/)
    })
    await rpc(stack.chain, 'evm_mine')
    const again = await getReport(gateway, paying(payment))
    expect(again.status).toBe(200)
    expect(decode(again.headers.get('PAYMENT-RESPONSE'))).toMatchObject({ success: true })
  })
})

describe('one payment', () => {
  it('Katana 46 and 47: is settled before the work, and the receipt names it', async () => {
    const before = await taken()
    const payment = await payForReport(stack.gateway, stack.payer)
    const response = await getReport(stack.gateway, paying(payment))
    expect(response.status).toBe(200)
    const receipt = decode(response.headers.get('PAYMENT-RESPONSE'))
    expect(receipt).toMatchObject({
      success: true,
      network: 'eip155:8453',
      amount: '10000',
      payer: stack.payer.address.toLowerCase()
    })
    const used = await stack.chain.authorizationsUsed(stack.payer.address)
    expect(used.map(({ transaction }) => transaction)).toContain(receipt.transaction)
    expect(await taken()).toBe(before + 10_000n)
  })

  it('that arrives again is answered from its record: same answer, nothing more taken', async () => {
    const body = imageBody({ prompt: 'again' })
    const payment = await payForImages(stack.gateway, stack.payer, body)
    const first = await postImages(stack.gateway, body, { 'PAYMENT-SIGNATURE': payment })
    const before = await taken()
    const second = await postImages(stack.gateway, body, { 'PAYMENT-SIGNATURE': payment })
    expect(second.status).toBe(200)
    expect(await second.text()).toBe(await first.text())
    expect(second.headers.get('PAYMENT-RESPONSE')).toBe(first.headers.get('PAYMENT-RESPONSE'))
    expect(await taken()).toBe(before)
  })

  it('that arrives many times at once is settled once and answered alike', async () => {
    const before = await taken()
    const payment = await payForReport(stack.gateway, stack.payer)
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => getReport(stack.gateway, paying(payment)))
    )
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200))
    expect(new Set(responses.map(({ headers }) => headers.get('PAYMENT-RESPONSE'))).size).toBe(1)
    expect(await taken()).toBe(before + 10_000n)
  })

  it('Katana 48: is for one request only: another body, path, query or method is rejected', async () => {
    const payment = await payForReport(stack.gateway, stack.payer)
    const post = paying(payment, { method: 'POST', body: 'one' })
    expect((await getReport(stack.gateway, post)).status).toBe(200)
    const others: [RequestInit, string][] = [
      [paying(payment, { method: 'POST', body: 'two' }), ''],
      [paying(payment, { method: 'GET' }), ''],
      [post, '?page=2']
    ]
    for (const [init, query] of others) {
      const response = await getReport(stack.gateway, init, query)
      expect(response.status).toBe(402)
      expect(challengeOf(response).error).toBe('payment_bound_to_another_request')
    }
  })

  it('Katana 48: sent with two requests at once pays for one of them', async () => {
    const before = await taken()
    const payment = await payForReport(stack.gateway, stack.payer)
    const bodies = ['left', 'right']
    const responses = await Promise.all(
      bodies.map((body) => getReport(stack.gateway, paying(payment, { method: 'POST', body })))
    )
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 402])
    expect(await taken()).toBe(before + 10_000n)
  })

  it('with a used nonce and another signature is rejected', async () => {
    const nonce = `0x${'5a'.repeat(32)}` as const
    const first = await payForReport(stack.gateway, stack.payer, { nonce })
    expect((await getReport(stack.gateway, paying(first))).status).toBe(200)
    const second = await payForReport(stack.gateway, stack.payer, { nonce, validBefore: 2_000_000_000 })
    expect(challengeOf(await getReport(stack.gateway, paying(second))).error).toBe('nonce_already_used')
  })

  it('Katana 25: for a body that was changed to a dearer one is rejected, and nothing is taken', async () => {
    const before = await taken()
    const payment = await payForImages(stack.gateway, stack.payer, imageBody())
    const dearer = imageBody({ model: 'gpt-image-2' })
    const response = await postImages(stack.gateway, dearer, { 'PAYMENT-SIGNATURE': payment })
    expect(response.status).toBe(402)
    expect(challengeOf(response)).toMatchObject({
      error: 'accepted_mismatch',
      accepts: [{ amount: '76738' }]
    })
    expect(await taken()).toBe(before)
  })

  it('among many by many payers: each is settled, none twice', async () => {
    const before = await taken()
    const payers = await Promise.all(Array.from({ length: 6 }, () => fundPayer(stack.chain, 40_000n)))
    const offer = firstOffer(await getReport(stack.gateway))
    const calls = payers.flatMap((payer) =>
      Array.from({ length: 4 }, async () => getReport(stack.gateway, paying(await payOffer(payer, offer))))
    )
    const responses = await Promise.all(calls)
    expect(responses.every(({ status }) => status === 200)).toBe(true)
    expect(await taken()).toBe(before + 240_000n)
  })
})

describe('with replay: reject', () => {
  it('Katana 33: a payment that arrives again is a nonce that was used', async () => {
    const strict = await startGateway({ base: stack.chain, replay: 'reject' })
    const payment = await payForReport(strict, stack.payer)
    expect((await getReport(strict, paying(payment))).status).toBe(200)
    const again = await getReport(strict, paying(payment))
    expect(again.status).toBe(402)
    expect(challengeOf(again).error).toBe('nonce_already_used')
    expect(await stack.chain.balanceOf(strict.payTo.base)).toBe(10_000n)
    await strict.stop()
  })
})
