import { BursarError, type NetworkId } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { BASE, offerOn, POLYGON, selling, TESTNET } from '../../test/selling.js'
import type { PaymentProposal } from '../policy/policy-options.js'

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
