import { BursarError, knownNetworks, type NetworkId } from '@bursar/core'
import { knownAssets } from '@bursar/core/registry'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, type Script, serve, settle } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'
import type { PaymentProposal } from '../policy/policy-options.js'

const BASE = 'eip155:8453'
const POLYGON = 'eip155:137'
const TESTNET = 'eip155:84532'

/** An offer in the first token of a network, or in one of a symbol. */
function offerOn(network: NetworkId, more: object = {}, symbol = 'USDC') {
  const asset = knownAssets.find((each) => each.network === network && each.symbol === symbol)
  if (!asset?.domain) throw new TypeError(`no ${symbol} on ${network}`)
  return { ...offer, network, asset: asset.address, extra: asset.domain, ...more }
}

/** A server that takes a payment of any of these offers. */
async function selling(...accepts: object[]) {
  return serve((arrival, response) =>
    arrival.payment === undefined ? challenge(response, accepts) : settle(response)
  )
}

function outage(network: string): BursarError {
  return new BursarError('rpc/unavailable', {
    message: 'No endpoint answers.',
    context: { network, endpoints: 1, reasons: [] },
    moneyState: 'none'
  })
}

function domainMismatch(network: string): BursarError {
  return new BursarError('offer/domain-mismatch', {
    message: 'Another domain.',
    context: { network, asset: '0x', reason: 'its name' },
    moneyState: 'none'
  })
}

describe('what one offer fails while it is being readied', () => {
  it('X53: the next may pass: too little money, another domain, a chain that does not answer', async () => {
    const { url } = await selling(offerOn(BASE), offerOn('eip155:1'), offerOn('eip155:10'), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.held.set(BASE, 9_999n)
    payer.failures.set('eip155:1', domainMismatch('eip155:1'))
    payer.failures.set('eip155:10', outage('eip155:10'))
    const response = await bursar.fetch(url)
    expect(bursar.receiptOf(response)?.network).toBe(POLYGON)
    expect(payer.signed).toHaveLength(1)
  })

  it('X53: is thrown by the first when none is left, and nothing is signed', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.held.set(BASE, 9_999n)
    payer.failures.set(POLYGON, outage(POLYGON))
    expect(await rejection(bursar.fetch(url))).toMatchObject({
      code: 'offer/unfunded',
      moneyState: 'none',
      context: { network: BASE, held: '0.009999', amount: '0.01', symbol: 'USDC' }
    })
    expect(payer.signed).toHaveLength(0)
  })

  it('X53: is what quote says of it too', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.held.set(BASE, 0n)
    const { offers } = await bursar.quote(url)
    expect(offers.map(({ rejection }) => rejection?.code)).toEqual(['offer/unfunded', undefined])
    expect(payer.signed).toHaveLength(0)
  })

  it('is no other failure: a wallet that is not connected is thrown at once', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.prepare = () => Promise.reject(new TypeError('no account'))
    expect(await rejection(bursar.fetch(url))).toMatchObject({
      message: expect.stringContaining('no account')
    })
  })
})

describe('the look at what the account holds', () => {
  it('is taken anew after a minute, since others spend from the account too', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const clock = new StoppedClock()
    const { bursar, payer } = paying({ clock })
    payer.nowMs = () => clock.nowMs()
    for (const [waitMs, looks] of [
      [0, 1],
      [60_000, 1],
      [1, 2]
    ] as const) {
      clock.advance(waitMs)
      await bursar.fetch(url)
      expect(payer.looks).toBe(looks)
    }
  })

  it('is taken once for many calls, and not at all for an offer that is alone', async () => {
    const [two, one] = [await selling(offerOn(BASE), offerOn(POLYGON)), await selling(offerOn(BASE))]
    const { bursar, payer } = paying()
    await bursar.fetch(one.url)
    expect(payer.looks).toBe(0)
    for (const path of ['/a', '/b', '/c']) await bursar.fetch(`${two.url}${path}`)
    expect(payer.looks).toBe(1)
  })

  it('counts what was paid since, and is taken again before too little is believed', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.held.set(BASE, 15_000n)
    const networkOf = async (path: string) => bursar.receiptOf(await bursar.fetch(`${url}${path}`))?.network
    expect(await networkOf('/a')).toBe(BASE)
    payer.held.set(BASE, 5_000n)
    expect(await networkOf('/b')).toBe(POLYGON)
    payer.held.set(BASE, 10_000n)
    expect(await networkOf('/c')).toBe(BASE)
  })

  it('is taken for an offer that is alone once it is known that there was too little', async () => {
    const { url } = await selling(offerOn(BASE))
    const { bursar, payer } = paying()
    payer.held.set(BASE, 0n)
    await bursar.quote(url)
    expect(await rejection(bursar.fetch(url))).toMatchObject({ code: 'offer/unfunded' })
    payer.held.set(BASE, 10_000n)
    expect((await bursar.fetch(url)).status).toBe(200)
  })
})

describe('P39: a balance that cannot be read', () => {
  it('lets an offer wait for those that can be read, which are paid instead', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.unreadable.add(BASE)
    expect(bursar.receiptOf(await bursar.fetch(url))?.network).toBe(POLYGON)
    expect((await bursar.quote(url)).offers.map(({ rejection }) => rejection?.code)).toEqual([
      'rpc/unavailable',
      undefined
    ])
  })

  it('does not keep it from being paid where no other can be, as an offer that is alone is', async () => {
    const { url } = await selling(offerOn(BASE), offerOn(POLYGON))
    const { bursar, payer } = paying()
    payer.unreadable.add(BASE)
    payer.held.set(POLYGON, 0n)
    const { offers } = await bursar.quote(url)
    expect(offers.map(({ rejection }) => rejection?.code)).toEqual([undefined, 'offer/unfunded'])
    expect(bursar.receiptOf(await bursar.fetch(url))?.network).toBe(BASE)
    expect(payer.signed).toHaveLength(1)
  })
})

describe('P39: checkBalance', () => {
  it('signs nothing that the account cannot pay, also where the offer is alone', async () => {
    const { url } = await selling(offerOn(BASE))
    const { bursar, payer } = paying({ checkBalance: 'always' })
    payer.held.set(BASE, 9_999n)
    expect(await rejection(bursar.fetch(url))).toMatchObject({ code: 'offer/unfunded', moneyState: 'none' })
    expect(payer.signed).toHaveLength(0)
    payer.held.set(BASE, 10_000n)
    expect((await bursar.fetch(url)).status).toBe(200)
  })

  it('pays where nobody can look', async () => {
    const { url } = await selling(offerOn(BASE))
    const { bursar, payer } = paying({ checkBalance: 'always' })
    payer.unreadable.add(BASE)
    expect((await bursar.fetch(url)).status).toBe(200)
    expect(payer.looks).toBe(1)
  })
})

it('P39: a refusal for want of money has the next call look before it signs', async () => {
  const { url } = await serve((arrival, response) =>
    arrival.payment === undefined
      ? challenge(response, [offerOn(BASE)])
      : challenge(response, [offerOn(BASE)], { error: 'insufficient_balance' })
  )
  const { bursar, payer } = paying()
  expect(await rejection(bursar.fetch(`${url}/a`))).toMatchObject({ code: 'payment/refused' })
  payer.held.set(BASE, 0n)
  expect(await rejection(bursar.fetch(`${url}/b`))).toMatchObject({
    code: 'offer/unfunded',
    moneyState: 'none'
  })
  expect(payer.signed).toHaveLength(1)
})

describe('the order of offers', () => {
  it('X132: has test money last, unless its network is preferred', async () => {
    const { url } = await selling(offerOn(TESTNET), offerOn(POLYGON))
    const networkOf = async (prefer?: readonly NetworkId[]) => {
      const { bursar } = paying(prefer ? { prefer } : {})
      return bursar.receiptOf(await bursar.fetch(url))?.network
    }
    expect(await networkOf()).toBe(POLYGON)
    expect(await networkOf([BASE])).toBe(POLYGON)
    expect(await networkOf([TESTNET])).toBe(TESTNET)
  })

  it('X132: takes test money only where nothing else can be paid, and shows it as that', async () => {
    const { url } = await selling(offerOn(TESTNET), offerOn(POLYGON))
    const proposals: PaymentProposal[] = []
    const confirm = (proposal: PaymentProposal) => proposals.push(proposal) > 0
    const { bursar, payer } = paying({ confirm })
    payer.held.set(POLYGON, 0n)
    const receipt = bursar.receiptOf(await bursar.fetch(url))
    expect(receipt).toMatchObject({ network: TESTNET, isTest: true })
    expect(proposals).toMatchObject([{ network: TESTNET, isTest: true }])
    expect((await bursar.quote(url)).offers.map(({ isTest }) => isTest)).toEqual([undefined, true])
  })

  it('is that of cost where the cheapest is preferred, by a bursar or a call', async () => {
    const { url } = await selling(offerOn(BASE, { amount: '300' }), offerOn(POLYGON, { amount: '200' }))
    const cheap = paying({ prefer: 'cheapest' }).bursar
    expect(cheap.receiptOf(await cheap.fetch(url))?.network).toBe(POLYGON)
    const { bursar } = paying()
    const init = { bursar: { prefer: 'cheapest' as const } }
    expect(bursar.receiptOf(await bursar.fetch(url, init))?.network).toBe(POLYGON)
  })

  it('is nothing else than networks or "cheapest"', () => {
    expect(() => paying({ prefer: 'cheap' as never })).toThrow(/prefer must be 'cheapest'/)
  })
})

describe('a token that is no dollar', () => {
  const euro = (more: object = {}) => offerOn(BASE, { amount: '10000', ...more }, 'EURC')

  it('X135: is not paid without a rate, and the error says how to give one', async () => {
    const { url } = await selling(euro())
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(url))).toMatchObject({
      code: 'offer/none-usable',
      message: expect.stringContaining("rates: { EURC: '…' }")
    })
    expect(payer.prepared).toBe(0)
  })

  it('X139: counts by its rate, and is named by its own amount', async () => {
    const { url } = await selling(euro())
    const proposals: PaymentProposal[] = []
    const confirm = (proposal: PaymentProposal) => proposals.push(proposal) > 0
    const { bursar, events } = paying({ rates: { EURC: '1.10' }, confirm })
    const own = { amount: '0.01', symbol: 'EURC' }
    expect((await bursar.quote(url)).offers).toMatchObject([{ ...own, cost: '0.011' }])
    const receipt = bursar.receiptOf(await bursar.fetch(url))
    expect(receipt).toMatchObject({ ...own, cost: '0.011', amountAtomic: 10_000n })
    expect(proposals).toMatchObject([{ ...own, cost: '0.011' }])
    expect(events.find(({ type }) => type === 'settled')).toMatchObject(own)
    for await (const { offer: paid } of bursar.history())
      expect(paid.token).toEqual({ symbol: 'EURC', decimals: 6, rate: '1.10' })
  })

  it('X135: is held to the limits by its cost, in words of its own', async () => {
    const { url } = await selling(euro({ amount: '46000' }))
    const { bursar } = paying({ rates: { EURC: '1.10' } })
    expect(await rejection(bursar.fetch(url))).toMatchObject({
      code: 'offer/over-limit',
      message: expect.stringContaining('asks 0.046 EURC'),
      context: { requested: '0.0506', allowed: '0.05' }
    })
  })

  it.each([{ EURC: '0' }, { EURC: 1.1 }, { EURC: '-1' }, { '': '1' }])('rates %o are malformed', (rates) => {
    expect(() => paying({ rates: rates as never })).toThrow(TypeError)
  })
})

it('X129: an address that nobody knows is refused by network and address, whatever the challenge calls it', async () => {
  const asset = `0x${'ab'.repeat(20)}`
  const { url } = await selling({
    ...offer,
    asset,
    extra: { name: 'USD Coin', version: '2', symbol: 'USDC' }
  })
  const { bursar, payer } = paying()
  expect(await rejection(bursar.fetch(url))).toMatchObject({
    code: 'offer/none-usable',
    message: expect.stringMatching(new RegExp(`${BASE}: its asset ${asset} is not known`))
  })
  expect(payer.prepared).toBe(0)
})

describe.each(knownAssets.filter(({ domain }) => domain !== undefined))('$symbol on $network', (asset) => {
  const amount = String(10n ** BigInt(asset.decimals - 3))
  const entry = { ...offer, asset: asset.address, extra: asset.domain }
  const expected = { network: asset.network, symbol: asset.symbol, amount: '0.001', cost: '0.001' }
  const priceOf = async (challengeOf: Script) => {
    const { bursar } = paying({ rates: { EURC: '1' } })
    return (await bursar.quote((await serve(challengeOf)).url)).offers
  }

  it('X139: is known by the id of its network', async () => {
    const v2: Script = (_, response) => challenge(response, [{ ...entry, network: asset.network, amount }])
    expect(await priceOf(v2)).toMatchObject([expected])
  })

  const { v1Name } = knownNetworks.find(({ id }) => id === asset.network) ?? {}
  if (v1Name === undefined) return
  it(`X139: is known by the name ${v1Name} of the first version`, async () => {
    const body = {
      x402Version: 1,
      accepts: [{ ...entry, network: v1Name, amount: undefined, maxAmountRequired: amount }]
    }
    const v1: Script = (_, response) => {
      response.writeHead(402, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    expect(await priceOf(v1)).toMatchObject([expected])
  })
})
