import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challengeOf, offer } from '../../test/scripted-server.js'

describe('M26: a host with a dot at its end, or in capitals,', () => {
  const asks = async (): Promise<Response> => Response.json(challengeOf(), { status: 402 })
  const spellings = ['pay.test', 'PAY.test', 'pay.test.', 'Pay.Test..']

  it.each(spellings)('is the one that a limit names as %s', async (name) => {
    const { bursar, payer } = paying({
      fetch: asks,
      limits: { payment: '1', hosts: { [name]: { payment: '0.001' } } }
    })
    for (const spelling of spellings)
      expect(await rejection(bursar.fetch(`https://${spelling}/a`))).toMatchObject({
        code: 'offer/over-limit',
        context: { limit: 'hosts pay.test payment' }
      })
    expect(payer.signed).toEqual([])
  })

  it.each(spellings)('is the one that allow.hosts names as %s, and no other', async (name) => {
    const { bursar } = paying({ fetch: asks, allow: { hosts: [name] }, limits: { payment: '0.001' } })
    for (const spelling of spellings)
      expect(await rejection(bursar.fetch(`https://${spelling}/a`))).toMatchObject({
        code: 'offer/over-limit'
      })
    expect(await rejection(bursar.fetch('https://xpay.test/a'))).toMatchObject({
      code: 'request/host-refused'
    })
  })
})

describe('the limit of a named host', () => {
  it('is of one host: a pattern, which would hold for none, is a TypeError', () => {
    const limits = { payment: '1', hosts: { '*.pay.test': { payment: '0.001' } } }
    expect(() => paying({ limits })).toThrow(
      new TypeError(
        'limits.hosts["*.pay.test"] is not the name of one host; name each, or limit any of them by perHost'
      )
    )
  })

  it('M26: is never one that no URL has: the port of plain http is a TypeError', () => {
    const limits = { payment: '1', hosts: { 'localhost:80': { payment: '0.001' } } }
    expect(() => paying({ limits })).toThrow(
      new TypeError(
        'limits.hosts["localhost:80"]: write it without :80, which no URL of plain http has in its host'
      )
    )
  })

  it('holds in each of two spellings, whichever comes last', async () => {
    const fetch = async (): Promise<Response> => Response.json(challengeOf(), { status: 402 })
    const hosts = { 'Pay.test': { payment: '0.001' }, 'pay.test': { payment: '1' } }
    const { bursar, payer } = paying({ fetch, limits: { payment: '1', hosts } })
    expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({ code: 'offer/over-limit' })
    expect(payer.signed).toEqual([])
  })
})

describe('M27: a host that leads each call to a new one', () => {
  /** A fetch without a network: the shop leads each unpaid call to another host, which asks 0.05. */
  function leading(ask = (_call: number): object => dear) {
    let calls = 0
    return async (url: string, { headers }: RequestInit): Promise<Response> => {
      if (new Headers(headers).has('payment-signature')) return new Response('paid')
      if (new URL(url).host !== 'pay.test') return Response.json(challengeOf([ask(calls)]), { status: 402 })
      return new Response(null, {
        status: 307,
        headers: { location: `https://s${calls++}.pay.test/${calls}` }
      })
    }
  }
  const dear = { ...offer, amount: '50000' }
  const allow = { hosts: ['pay.test', '*.pay.test'] }

  it.each([
    ['its cap of one payment', { hosts: { 'pay.test': { payment: '0.01' } } }, 0],
    ['the cap of any one host', { perHost: { total: '0.10' } }, 2],
    ['its own cap on a sum', { hosts: { 'pay.test': { total: '0.05' } } }, 1]
  ])('is held to %s', async (_, limits, count) => {
    const { bursar, payer } = paying({ fetch: leading(), allow, limits: { payment: '1', ...limits } })
    for (let call = 0; call < 6; call++) await bursar.fetch('https://pay.test./a').catch(() => {})
    expect(payer.signed).toHaveLength(count)
  })

  it('keeps its payee, whichever name it leads to', async () => {
    const [first, other] = ['0x1111111111111111111111111111111111111111', `0x${'3'.repeat(40)}`]
    const fetch = leading((call) => ({ ...dear, payTo: call === 1 ? first : other }))
    const { bursar, payer } = paying({
      fetch,
      allow: { ...allow, payees: 'pin' },
      limits: { payment: '1' }
    })
    await bursar.fetch('https://pay.test/a')
    expect(await rejection(bursar.fetch('https://pay.test/b'))).toMatchObject({
      code: 'offer/payee-refused',
      moneyState: 'none',
      context: { host: 'pay.test', payTo: other }
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('keeps its price, whichever name and path it leads to', async () => {
    const fetch = leading((call) => ({ ...dear, amount: call === 1 ? '10000' : '40000' }))
    const { bursar, payer } = paying({ fetch, allow, limits: { payment: '1' }, maxPriceIncrease: 3 })
    await bursar.fetch('https://pay.test/a')
    expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({
      code: 'offer/over-limit',
      context: { limit: 'maxPriceIncrease', used: '0.01' }
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('says what it usually costs to whom it is confirmed, whichever name it leads to', async () => {
    const usual: unknown[] = []
    const { bursar } = paying({
      fetch: leading(),
      allow,
      limits: { payment: '1' },
      maxPriceIncrease: 3,
      confirm: (proposal) => usual.push(proposal.usual) > 0
    })
    for (let call = 0; call < 2; call++) await bursar.fetch('https://pay.test/a')
    expect(usual).toEqual([undefined, '0.05'])
  })

  it('says the lower of both prices to whom it is confirmed, where it leads to what was dearer before', async () => {
    const usual: unknown[] = []
    let amount = '10000'
    const { bursar } = paying({
      fetch: leading(() => ({ ...dear, amount })),
      allow,
      limits: { payment: '1' },
      maxPriceIncrease: 3,
      confirm: (proposal) => usual.push(proposal.usual) > 0
    })
    await bursar.fetch('https://pay.test/a')
    amount = '50000'
    for (const url of ['https://s1.pay.test/2', 'https://pay.test/a']) await bursar.fetch(url)
    expect(usual).toEqual([undefined, undefined, '0.01'])
  })

  it('is named beside the host that is paid: to confirm, in events, and in the record', async () => {
    const proposals: unknown[] = []
    const confirm = (proposal: object) => proposals.push(proposal) > 0
    const { bursar, events } = paying({ fetch: leading(), allow, limits: { payment: '1' }, confirm })
    const response = await bursar.fetch('https://pay.test/a')
    expect(response.redirected).toBe(true)
    const both = { host: 's0.pay.test', requestedHost: 'pay.test' }
    expect(proposals).toMatchObject([both])
    for (const event of events) expect(event).toMatchObject(both)
    for await (const purchase of bursar.history())
      expect(purchase).toMatchObject({ origin: 'https://s0.pay.test', requestedOrigin: 'https://pay.test' })
  })
})
