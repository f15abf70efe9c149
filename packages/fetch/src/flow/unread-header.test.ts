import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { type Arrival, challengeOf, offer, receiptHeader, serve } from '../../test/scripted-server.js'

const decode = (header: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(header), 'base64').toString())
const sentBy = ({ headers }: Arrival) => [headers['payment-signature'], headers['x-payment']]

/** What @openfacilitator/sdk 1.0.0 answers: v2 in the body alone, and no receipt. It looks for the payment in X-PAYMENT alone. */
function openFacilitator({ network = offer.network, reason = '', hasReceipt = false } = {}) {
  const { resource: _, ...asked } = challengeOf([{ ...offer, network }]) as { resource: object }
  return serve(({ headers }, response) => {
    const isPaid = headers['x-payment'] !== undefined && reason === ''
    const isRefused = headers['x-payment'] ?? (reason === '' ? undefined : headers['payment-signature'])
    const error = isRefused === undefined ? 'Payment Required' : 'Payment verification failed'
    const body = isPaid ? 'sold' : JSON.stringify({ ...asked, error, ...(isRefused && { reason }) })
    const receipt = isPaid && hasReceipt ? { 'PAYMENT-RESPONSE': receiptHeader() } : {}
    response.writeHead(isPaid ? 200 : 402, { 'content-type': 'application/json', ...receipt }).end(body)
  })
}

describe('a seller of v2 that asks in the body, and reads X-PAYMENT alone,', () => {
  it('is sent the same authorization there once it asks again in the same words', async () => {
    const seller = await openFacilitator()
    const { bursar, payer } = paying()
    const response = await bursar.fetch(seller.url)
    expect([response.status, await response.text(), payer.signed.length]).toEqual([200, 'sold', 1])
    const [first, second, ...more] = seller.paid().map(sentBy)
    expect([first?.[1], more]).toEqual([undefined, []])
    expect(second?.[0]).toBe(first?.[0])
    expect(decode(second?.[1])).toEqual({
      ...decode(first?.[0]),
      ...{ scheme: 'exact', network: 'eip155:8453' }
    })
  })

  it('is sent it there too where its price is remembered, and it gives receipts', async () => {
    const seller = await openFacilitator({ hasReceipt: true })
    const { bursar, payer } = paying({ offers: 'remember' })
    for (let call = 0; call < 3; call++) expect((await bursar.fetch(seller.url)).status).toBe(200)
    expect([payer.signed.length, seller.paid().length, seller.arrivals.length]).toEqual([3, 6, 7])
  })

  it('gets a payment of v1 where it names its network so', async () => {
    const seller = await openFacilitator({ network: 'base' })
    const { bursar, payer } = paying()
    expect((await bursar.fetch(seller.url)).status).toBe(200)
    const [first, second] = seller.paid().map(sentBy)
    const { payload } = decode(first?.[0])
    expect(decode(second?.[1])).toEqual({ x402Version: 1, scheme: 'exact', network: 'base', payload })
    expect(payer.signed).toHaveLength(1)
  })

  it('gets nothing again where it says why it refuses', async () => {
    const seller = await openFacilitator({ reason: 'insufficient_funds' })
    const { bursar } = paying()
    expect(await rejection(bursar.fetch(seller.url))).toMatchObject({
      code: 'payment/refused',
      moneyState: 'sent',
      message: expect.stringContaining('(Payment verification failed: insufficient_funds)')
    })
    expect(seller.paid()).toHaveLength(1)
  })

  it('gets it once, where it goes on asking', async () => {
    const seller = await serve((_, response) => {
      response.writeHead(402).end(JSON.stringify(challengeOf()))
    })
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(seller.url))).toMatchObject({ code: 'payment/refused' })
    expect([seller.paid().length, payer.signed.length]).toEqual([2, 1])
  })
})

it('a seller that asks in the header gets nothing in X-PAYMENT', async () => {
  const seller = await serve((_, response) => {
    response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(challengeOf()) }).end()
  })
  const { bursar } = paying()
  expect(await rejection(bursar.fetch(seller.url))).toMatchObject({ code: 'payment/refused' })
  expect(seller.paid().map(({ headers }) => headers['x-payment'])).toEqual([undefined])
})
