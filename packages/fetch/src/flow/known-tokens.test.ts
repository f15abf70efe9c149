import { knownNetworks } from '@bursar/core'
import { knownAssets } from '@bursar/core/registry'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, type Script, serve } from '../../test/scripted-server.js'
import { BASE, offerOn, selling } from '../../test/selling.js'
import type { PaymentProposal } from '../policy/policy-options.js'

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
