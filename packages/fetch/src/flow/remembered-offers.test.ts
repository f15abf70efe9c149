import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { priced } from '../../test/priced-server.js'
import { challenge, offer, payable, serve, settle } from '../../test/scripted-server.js'
import type { GuardOptions } from '../policy/policy-options.js'

const buy = { method: 'POST', body: 'one' }

describe("offers: 'remember'", () => {
  it('pays with the first request what the same place asked before', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ offers: 'remember' })
    for (const body of ['one', 'two', 'three'])
      expect(await (await bursar.fetch(server.url, { ...buy, body })).text()).toBe('paid')
    expect(server.arrivals.map(({ payment }) => payment !== undefined)).toEqual([false, true, true, true])
    expect(payer.signed).toHaveLength(3)
    expect(await bursar.outstanding()).toEqual([])
  })

  it('is for the calls that say so, and for no others', async () => {
    const server = await serve(payable)
    const { bursar } = paying()
    await bursar.fetch(server.url, { ...buy, bursar: { offers: 'remember' } })
    await bursar.fetch(server.url, { ...buy, bursar: { offers: 'remember' } })
    expect(server.arrivals).toHaveLength(3)
    await bursar.fetch(server.url, buy)
    expect(server.arrivals).toHaveLength(5)
  })

  it('asks another method, another path and another origin what they cost', async () => {
    const [server, other] = [await serve(payable), await serve(payable)]
    const { bursar } = paying({ offers: 'remember' })
    await bursar.fetch(`${server.url}/a`, buy)
    await bursar.fetch(`${server.url}/a`)
    await bursar.fetch(`${server.url}/b`, buy)
    await bursar.fetch(`${other.url}/a`, buy)
    expect(server.arrivals).toHaveLength(6)
    expect(other.arrivals).toHaveLength(2)
  })

  it('asks again after five minutes', async () => {
    let nowMs = 1_800_000_000_000
    const clock = { nowMs: () => nowMs, sleep: async () => {} }
    const server = await serve((a, r, i) => {
      r.sendDate = false
      return payable(a, r, i)
    })
    const { bursar } = paying({ offers: 'remember', clock })
    await bursar.fetch(server.url)
    nowMs += 299_000
    await bursar.fetch(server.url)
    expect(server.arrivals).toHaveLength(3)
    nowMs += 300_000
    await bursar.fetch(server.url)
    expect(server.arrivals).toHaveLength(5)
  })

  it('remembers no more than 256 places', async () => {
    const server = await serve(payable)
    const { bursar } = paying({ offers: 'remember', limits: { payment: '0.05' } })
    for (let path = 0; path < 257; path++) await bursar.fetch(`${server.url}/${path}`)
    await bursar.fetch(`${server.url}/256`)
    expect(server.arrivals).toHaveLength(257 * 2 + 1)
    await bursar.fetch(`${server.url}/0`)
    expect(server.arrivals).toHaveLength(257 * 2 + 3)
  })

  it.each([
    ['gave no receipt', (response) => void response.end('free')],
    ['gave an error', (response) => settle(response, 'not found', 404)]
  ] satisfies [string, (response: ServerResponse) => void][])(
    'asks again where the server %s',
    async (_, answer) => {
      const server = await serve((a, r) => (a.payment ? answer(r) : challenge(r)))
      const { bursar } = paying({ offers: 'remember' })
      await (await bursar.fetch(server.url, buy)).text()
      await (await bursar.fetch(server.url, { ...buy, body: 'two' })).text()
      expect(server.arrivals.map(({ payment }) => payment !== undefined)).toEqual([false, true, false, true])
    }
  )

  it.each([
    ['that the caller names', {}, { bursar: { purchase: 'invoice-42' } }],
    ['with a wallet proof of the caller', {}, { headers: { 'x-sign-in-with-x': 'proof' } }],
    ['with a memo that the server makes', { extra: { ...offer.extra, memo: 'order-1' } }, {}],
    [
      'that takes what it likes',
      { scheme: 'upto', extra: { ...offer.extra, facilitatorAddress: offer.payTo } },
      {}
    ],
    ['that charges first', { extra: { ...offer.extra, paymentFlow: 'upfront' } }, {}]
  ])('never pays unasked what is asked for a call %s', async (_, more, init) => {
    const server = await serve((a, r) => (a.payment ? settle(r) : challenge(r, [{ ...offer, ...more }])))
    const { bursar } = paying({ offers: 'remember' })
    await bursar.fetch(server.url).catch(() => {})
    server.arrivals.length = 0
    await bursar.fetch(server.url, { method: 'GET', ...init }).catch(() => {})
    expect(server.arrivals[0]?.payment).toBeUndefined()
  })

  it('never pays unasked where a redirect led', async () => {
    const server = await serve((a, r, i) => {
      if (a.path === '/there') return payable(a, r, i)
      r.writeHead(307, { location: '/there' }).end()
    })
    const { bursar } = paying({ offers: 'remember' })
    for (const _ of [1, 2]) await bursar.fetch(`${server.url}/here`, buy)
    expect(server.arrivals.map(({ path, payment }) => [path, payment !== undefined])).toEqual([
      ...[1, 2].flatMap(() => [
        ['/here', false],
        ['/there', false],
        ['/there', true]
      ])
    ])
  })

  it('shares what joined calls pay unasked', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ offers: 'remember', inFlight: 'join' })
    await (await bursar.fetch(server.url, buy)).text()
    const answers = await Promise.all([1, 2, 3].map(() => bursar.fetch(server.url, buy)))
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['paid', 'paid', 'paid'])
    expect(server.arrivals).toHaveLength(3)
    expect(payer.signed).toHaveLength(2)
  })
})

describe('a server that was paid unasked', () => {
  it('and asks the same again is sent the same bytes, and no others', async () => {
    let times = 0
    const server = await serve((a, r) => {
      if (a.payment && ++times !== 2) return settle(r)
      challenge(r)
    })
    const { bursar, payer } = paying({ offers: 'remember' })
    await bursar.fetch(server.url, buy)
    expect(await (await bursar.fetch(server.url, { ...buy, body: 'two' })).text()).toBe('paid')
    const [, second, third] = server.paid()
    expect(third?.payment).toBe(second?.payment)
    expect(payer.signed).toHaveLength(2)
  })

  it('and answers free has its answer handed over, and holds the payment until the chain says', async () => {
    let isFree = false
    const server = await serve((a, r, i) => (isFree ? void r.end('free') : payable(a, r, i)))
    const { bursar } = paying({ offers: 'remember' })
    await bursar.fetch(server.url)
    isFree = true
    const answer = await bursar.fetch(server.url)
    expect(await answer.text()).toBe('free')
    expect(bursar.receiptOf(answer)?.moneyState).not.toBe('settled')
    expect(await bursar.outstanding()).toHaveLength(1)
    await (await bursar.fetch(server.url)).text()
    expect(server.arrivals.map(({ payment }) => payment !== undefined)).toEqual([false, true, true, false])
  })

  it('and whose answer is lost is sent the same bytes again', async () => {
    let times = 0
    const server = await serve((a, r) => {
      if (!a.payment) return challenge(r)
      if (++times === 2) return void r.socket?.destroy()
      settle(r)
    })
    const { bursar, payer } = paying({ offers: 'remember' })
    await bursar.fetch(server.url, buy)
    await bursar.fetch(server.url, { ...buy, body: 'two' })
    expect(server.arrivals).toHaveLength(4)
    expect(payer.signed).toHaveLength(2)
  })

  it('is asked what it costs now where its price does not fit any more', async () => {
    let price = '10000'
    const server = await serve((a, r, i) => priced(() => price)(a, r, i))
    const { bursar, payer } = paying({ offers: 'remember', limits: { payment: '0.05', total: '0.015' } })
    await bursar.fetch(server.url, buy)
    price = '5000'
    expect(await (await bursar.fetch(server.url, { ...buy, body: 'two' })).text()).toBe('paid')
    expect(payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([10_000n, 5_000n])
  })

  it('is asked what it costs where its host may not be paid any more, and its answer handed over where that is nothing', async () => {
    let isFree = false
    const limits = { payment: '0.05' }
    let now: GuardOptions = { limits }
    const server = await serve((a, r, i) => (isFree ? void r.end('free') : payable(a, r, i)))
    const { bursar, payer } = paying({ offers: 'remember', limits, currentPolicy: () => now })
    await bursar.fetch(server.url)
    now = { limits, allow: { hosts: ['other.test'] } }
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'request/host-refused' })
    isFree = true
    expect(await (await bursar.fetch(server.url)).text()).toBe('free')
    expect(payer.signed).toHaveLength(1)
  })

  it('is not asked after the user declined', async () => {
    const answers = [true, false]
    const server = await serve(payable)
    const { bursar, payer } = paying({ offers: 'remember', confirm: () => answers.shift() ?? false })
    await bursar.fetch(server.url, buy)
    expect(await rejection(bursar.fetch(server.url, buy))).toMatchObject({ code: 'offer/declined' })
    expect(server.arrivals).toHaveLength(2)
    expect(payer.signed).toHaveLength(1)
  })
})
