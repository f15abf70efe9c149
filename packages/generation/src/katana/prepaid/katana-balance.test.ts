import { atomicUsdc, type JsonObject, type NetworkId, type Offer } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { describe, expect, it } from 'vitest'
import { katanaBalance } from './katana-balance.js'

const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
const BASE = 'eip155:8453'
const registry = createRegistry()
const half = atomicUsdc(500_000n)

function offer(networkId: NetworkId, amountAtomic: bigint, extra: JsonObject = {}): Offer {
  const network = registry.network(networkId)
  const asset = network && registry.defaultAsset(network.id)
  if (!network || !asset) return expect.unreachable()
  const cost = atomicUsdc(amountAtomic)
  const terms = { amountAtomic, cost, payTo: 'payee', maxTimeoutSeconds: 3600 }
  return { scheme: 'exact', network, asset, ...terms, extra, raw: {} }
}

const priced = (subtotalUsd: string, estimatedGasUsd: string) => ({ subtotalUsd, estimatedGasUsd })

describe('S5, S43, Katana 11 and 163: an offer for a top-up', () => {
  it.each<[NetworkId, bigint, JsonObject]>([
    [BASE, 500_000n, {}],
    [BASE, 550_000n, {}],
    [SOLANA, 501_500n, {}],
    // The rent of the payee's token account.
    [SOLANA, 1_000_000n, {}],
    [BASE, 503_938n, priced('0.500000', '0.003938')],
    [SOLANA, 802_734n, priced('0.500000', '0.302734')]
  ])('%s of %s with %o is one', (network, amount, extra) => {
    expect(katanaBalance.rejectionReason(offer(network, amount, extra), half)).toBeUndefined()
  })

  it.each<[NetworkId, bigint, JsonObject, string]>([
    [BASE, 499_999n, {}, 'names no gas'],
    [BASE, 550_001n, {}, 'names no gas'],
    [SOLANA, 1_000_001n, {}, 'names no gas'],
    [BASE, 503_938n, { subtotalUsd: '0.500000' }, 'one of price and gas'],
    [BASE, 503_938n, { estimatedGasUsd: '0.003938' }, 'one of price and gas'],
    [BASE, 603_938n, priced('0.600000', '0.003938'), 'asks 0.6 USDC'],
    [BASE, 503_939n, priced('0.500000', '0.003938'), 'is not its price and its gas']
  ])('%s of %s with %o is none', (network, amount, extra, reason) => {
    expect(katanaBalance.rejectionReason(offer(network, amount, extra), half)).toContain(reason)
  })
})

describe('S6, S43, S48: a 402 to a proof is a shortfall', () => {
  const refused = (accepts: readonly object[], body?: JsonObject, network: NetworkId = BASE) => {
    const challenge = JSON.stringify({ x402Version: 2, error: 'Payment required', accepts })
    const headers = new Headers({ 'payment-required': Buffer.from(challenge).toString('base64') })
    return katanaBalance.shortfall({ headers, body, network })
  }
  const entry = (network: string, amount: string, extra?: object) => ({
    ...{ scheme: 'exact', network, asset: 'a', payTo: 'p', amount, maxAmountRequired: amount },
    ...(extra ? { extra } : {})
  })

  it.each<[string, object[], NetworkId, object]>([
    [
      'neither entry',
      [entry(BASE, '13938'), entry(SOLANA, '11500')],
      BASE,
      { missing: 13_938n, isExact: false }
    ],
    [
      'neither entry',
      [entry(BASE, '13938'), entry(SOLANA, '11500')],
      SOLANA,
      { missing: 11_500n, isExact: false }
    ],
    [
      'the first entry alone',
      [entry(BASE, '13938', priced('0.010000', '0.003938')), entry(SOLANA, '11500')],
      SOLANA,
      { missing: 11_500n, isExact: false }
    ],
    [
      'both entries',
      [
        entry(BASE, '13938', priced('0.010000', '0.003938')),
        entry(SOLANA, '11500', priced('0.010000', '0.001500'))
      ],
      SOLANA,
      { missing: 10_000n, isExact: true }
    ]
  ])('with extra in %s: %o', (_, accepts, network, shortfall) => {
    expect(refused(accepts, undefined, network)).toEqual(shortfall)
  })

  it('also where the body says nothing that the guide does not know', () => {
    expect(refused([entry(BASE, '13938')], { error: 'Payment required' })).toEqual({
      missing: 13_938n,
      isExact: false
    })
  })

  it('and nothing else is one', () => {
    for (const accepts of [[], [entry(BASE, 'much')], [entry(BASE, '-1')]])
      expect(refused(accepts)).toBeUndefined()
    const headers = new Headers({ 'payment-required': '!' })
    expect(katanaBalance.shortfall({ headers, body: {}, network: BASE })).toBeUndefined()
    expect(katanaBalance.shortfall({ headers: new Headers(), body: {}, network: BASE })).toBeUndefined()
  })
})
