import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve, settle } from '../../test/scripted-server.js'
import type { PaymentProposal } from '../index.js'

/** An offer with a payment flow, at a price that tells it from others. */
function flowing(paymentFlow: unknown, amount = '10000'): object {
  return { ...offer, amount, extra: { ...offer.extra, paymentFlow } }
}

/** A server with these offers, which takes whatever is paid. */
function selling(...accepts: object[]) {
  return serve((arrival, response) => (arrival.payment ? settle(response) : challenge(response, accepts)))
}

describe('paymentFlow', () => {
  it.each([undefined, null, 'authorization'])('X27: %s is the default', async (flow) => {
    const { bursar } = paying()
    const { url } = await selling(flowing(flow))
    expect((await bursar.quote(url)).offers).toMatchObject([{ amountAtomic: 10_000n }])
    expect((await bursar.quote(url)).offers[0]?.chargesFirst).toBeUndefined()
    expect((await bursar.fetch(url)).status).toBe(200)
  })

  it('X28, X29: pays by authorization first, whatever the order and the price', async () => {
    const { bursar, payer } = paying()
    const { url } = await selling(flowing('upfront', '5'), flowing(undefined, '20'))
    expect((await bursar.quote(url)).offers.map(({ amountAtomic }) => amountAtomic)).toEqual([20n, 5n])
    await bursar.fetch(url)
    expect(payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([20n])
  })

  it('X29: pays upfront where nothing else can be paid, and says so in quote and confirm', async () => {
    const proposals: PaymentProposal[] = []
    const { bursar, payer } = paying({ confirm: (proposal) => proposals.push(proposal) > 0 })
    const { url } = await selling(flowing(undefined, '60000'), flowing('upfront', '5'))
    expect((await bursar.quote(url)).offers).toMatchObject([
      { amountAtomic: 60_000n, rejection: { code: 'offer/over-limit' } },
      { amountAtomic: 5n, chargesFirst: true }
    ])
    await bursar.fetch(url)
    expect(proposals).toMatchObject([{ chargesFirst: true }])
    expect(payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([5n])
  })

  it.each([
    ['escrow', /paymentFlow is "escrow", which locks money away/],
    ['later', /paymentFlow "later" is not known/],
    [7, /paymentFlow is not a word/]
  ])('X29: refuses %s by name and signs nothing', async (flow, reason) => {
    const { bursar, payer } = paying()
    const { url, paid } = await selling(flowing(flow))
    expect(await rejection(bursar.fetch(url))).toMatchObject({
      code: 'offer/none-usable',
      message: expect.stringMatching(reason)
    })
    expect([payer.signed.length, paid().length]).toEqual([0, 0])
  })

  it.each([500, 503, 404, 402, 303])('X30: reads that money moved beside the status %i', async (status) => {
    const server = await serve((a, r) => (a.payment ? settle(r, 'failed', status) : challenge(r)))
    const { bursar } = paying()
    const answer = await bursar.fetch(server.url).catch((error: unknown) => error)
    if (answer instanceof Response) expect(bursar.receiptOf(answer)?.moneyState).toBe('settled')
    else
      expect(answer).toMatchObject({
        moneyState: 'settled',
        context: { transaction: `0x${'ab'.repeat(32)}` }
      })
    expect(await bursar.outstanding()).toEqual([])
  })

  it('X31: a 500 without PAYMENT-RESPONSE proves nothing: the payment is held', async () => {
    const server = await serve((a, r) => (a.payment ? void r.writeHead(500).end() : challenge(r)))
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'payment/failed',
      moneyState: 'sent'
    })
    expect(await bursar.outstanding()).toHaveLength(1)
    await rejection(bursar.fetch(server.url))
    expect(payer.signed).toHaveLength(1)
  })
})
