import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, serve } from '../../test/scripted-server.js'
import { BASE, offerOn, POLYGON, selling } from '../../test/selling.js'
import { StoppedClock } from '../../test/stopped-clock.js'

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
    await expect(await networkOf('/a')).toBe(BASE)
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
