import { BursarError, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { amountOf, priced } from '../../test/priced-server.js'
import { challenge, payable, type Script, serve } from '../../test/scripted-server.js'

const buy = { method: 'POST', body: 'one' }

describe('a server that asks another price than it was paid before', () => {
  it('is paid that one by another purchase, and the refused payment counts until it is dead', async () => {
    const server = await serve(priced((index) => (index < 2 ? '10000' : '20000')))
    const { bursar, payer, events } = paying({ offers: 'remember' })
    await bursar.fetch(server.url, buy)
    const answer = await bursar.fetch(server.url, { ...buy, body: 'two' })
    expect(await answer.text()).toBe('paid')
    expect(bursar.receiptOf(answer)).toMatchObject({ moneyState: 'settled', amount: '0.02' })
    expect(payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([10_000n, 10_000n, 20_000n])
    expect(await bursar.outstanding()).toMatchObject([{ state: 'sent', offer: { amountAtomic: 10_000n } }])
    expect(events.filter(({ type }) => type === 'challenged' || type === 'delivered')).toHaveLength(4)
    expect(events.map(({ type }) => type)).toContain('refused')
  })

  it('is told in the error where the limits do not allow both, with the money of the refused payment', async () => {
    const server = await serve(priced((index) => (index < 2 ? '10000' : '20000')))
    const { bursar, payer } = paying({ offers: 'remember', limits: { payment: '0.05', total: '0.03' } })
    await bursar.fetch(server.url, buy)
    expect(await rejection(bursar.fetch(server.url, { ...buy, body: 'two' }))).toMatchObject({
      code: 'payment/refused',
      moneyState: 'sent',
      message: expect.stringMatching(
        /asks now was not paid: offer\/over-limit\. .*held until the chain proves/
      ),
      cause: { code: 'offer/over-limit' }
    })
    expect(payer.signed).toHaveLength(2)
    expect(await bursar.outstanding()).toHaveLength(1)
  })

  it('is paid no second time when the chain has taken the first payment', async () => {
    const server = await serve(priced((index) => (index < 2 ? '10000' : '20000')))
    const { bursar, payer } = paying({ offers: 'remember' })
    await bursar.fetch(server.url, buy)
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(server.url, { ...buy, body: 'two' }))).toMatchObject({
      code: 'payment/refused',
      moneyState: 'settled'
    })
    expect(payer.signed).toHaveLength(2)
  })

  it('is paid no second time where it cannot be written down that nobody sends the first again', async () => {
    const inner = memoryLedger()
    const ledger: Ledger = {
      ...inner,
      async recordEvent(id, event) {
        if (event.type !== 'withdrawn') return inner.recordEvent(id, event)
        throw new BursarError('ledger/unavailable', {
          message: 'The disk is full.',
          context: { reason: 'the disk is full' },
          moneyState: 'none'
        })
      }
    }
    const server = await serve(priced((index) => (index < 2 ? '10000' : '20000')))
    const { bursar, payer } = paying({ ledger, offers: 'remember' })
    await bursar.fetch(server.url, buy)
    expect(await rejection(bursar.fetch(server.url, { ...buy, body: 'two' }))).toMatchObject({
      code: 'payment/refused',
      moneyState: 'sent'
    })
    expect(payer.signed).toHaveLength(2)
  })

  it.each<[string, string, Script]>([
    ['fails', 'payment/failed', (_, response) => void response.writeHead(500).end()],
    ['asks nothing', 'payment/refused', (_, response) => void response.writeHead(402).end()],
    ['asks nothing that can be read', 'payment/refused', (_, response) => challenge(response, [{}])],
    ['asks the same again', 'payment/refused', (_, response) => challenge(response)]
  ])('is not paid again where it %s', async (_, code, refuses) => {
    const server = await serve((arrival, response, index) => {
      if (index < 2) return payable(arrival, response, index)
      return refuses(arrival, response, index)
    })
    const { bursar, payer } = paying({ offers: 'remember', resend: { times: 0 } })
    await bursar.fetch(server.url, buy)
    const error = await rejection(bursar.fetch(server.url, { ...buy, body: 'two' }))
    expect(error).toMatchObject({ code, moneyState: 'sent' })
    expect(payer.signed).toHaveLength(2)
    expect(await bursar.outstanding()).toHaveLength(1)
  })

  it('is asked by each request from then on, and pays unasked what the same request asked', async () => {
    const server = await serve((a, r, i) =>
      priced(() => (a.body.toString() === 'dear' ? '20000' : '10000'))(a, r, i)
    )
    const { bursar, payer } = paying({ offers: 'remember' })
    for (const body of ['cheap', 'dear', 'dear', 'cheap', 'cheap', 'dear'])
      await (await bursar.fetch(server.url, { ...buy, body })).text()
    expect(server.arrivals.map(({ body, payment }) => `${body} ${amountOf(payment) ?? 'asks'}`)).toEqual([
      'cheap asks',
      'cheap 10000',
      'dear 10000',
      'dear 20000',
      'dear 20000',
      'cheap asks',
      'cheap 10000',
      'cheap 10000',
      'dear 20000'
    ])
    expect(payer.signed).toHaveLength(7)
    expect(await bursar.outstanding()).toHaveLength(1)
  })

  it('is asked each time by a request that has asked two prices', async () => {
    let asked = 10_000
    const server = await serve((a, r, i) => priced(() => String(asked))(a, r, i))
    const { bursar } = paying({ offers: 'remember' })
    for (let call = 0; call < 6; call++) {
      asked = call % 2 === 0 ? 10_000 : 20_000
      await (await bursar.fetch(server.url, buy)).text()
    }
    expect(await bursar.outstanding()).toHaveLength(2)
  })
})
