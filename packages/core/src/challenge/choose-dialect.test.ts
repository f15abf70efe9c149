import { describe, expect, it } from 'vitest'
import { SOLANA_MAINNET } from '../network/network.js'
import { createRegistry } from '../network/registry.js'
import type { JsonObject } from '../wire/json.js'
import type { Challenge } from './challenge.js'
import { parseChallenge } from './parse-challenge.js'

const registry = createRegistry()
const payTo = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const parse = (accepts: readonly JsonObject[], more: JsonObject = {}): Challenge =>
  parseChallenge({ x402Version: 2, error: 'Payment required', accepts, ...more }, registry)

function answerTo(challenge: Challenge): unknown {
  const [offer] = challenge.offers
  if (!offer) throw new TypeError(JSON.stringify(challenge.rejectedOffers))
  return challenge.dialect.payment(challenge, offer, { signature: '0x' })
}

describe('Katana', () => {
  const price = {
    ...{ currency: 'USDC', decimals: 6, chain: 'base' },
    ...{ subtotalUsd: '0.009000', estimatedGasUsd: '0.001000', totalUsd: '0.010000' }
  }
  const entry: JsonObject = {
    ...{
      scheme: 'exact',
      network: 'eip155:8453',
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo
    },
    ...{ amount: '10000', maxAmountRequired: '10000', maxTimeoutSeconds: 3600, extra: price }
  }
  const mint = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
  const solana: JsonObject = {
    ...{ ...entry, network: SOLANA_MAINNET, asset: mint, payTo: mint },
    extra: { ...price, chain: 'solana' }
  }

  it('X54: is recognised by its shape, and its echo gets no domain and no resource', () => {
    const read = parse([entry, solana])
    expect(read.dialect.name).toBe('katana')
    expect(read.offers.map(({ network }) => network.family)).toEqual(['eip155', 'solana'])
    expect(answerTo(read)).toEqual({ x402Version: 2, accepted: entry, payload: { signature: '0x' } })
  })

  it.each<[string, JsonObject]>([
    ['extensions', { extensions: {} }],
    ['a resource', { resource: { url: 'https://x/' } }],
    ['another field beside', { accepted: true }]
  ])('X55: is not seen in a challenge with %s', (_what, more) => {
    expect(parse([entry], more).dialect.name).toBe('x402-v2')
  })

  it.each<[string, JsonObject]>([
    ['a resource', { resource: 'https://x/' }],
    ['a description', { description: '' }],
    ['a type of content', { mimeType: 'application/json' }],
    ['an outputSchema', { outputSchema: null }],
    ['a domain name', { extra: { ...price, name: 'USD Coin' } }],
    ['a domain version', { extra: { ...price, version: '2' } }],
    ['a fee payer', { extra: { ...price, feePayer: mint } }],
    ['another time', { maxTimeoutSeconds: 300 }],
    ['another amount', { maxAmountRequired: '20000' }],
    ['one amount', { maxAmountRequired: undefined as never }],
    ['less about the price', { extra: { currency: 'USDC', decimals: 6 } }],
    ['another network', { network: 'eip155:84532' }],
    ['the network of v1', { network: 'base' }]
  ])('X55: is not seen where an entry has %s', (_what, change) => {
    expect(parse([entry, { ...entry, ...change }]).dialect.name).toBe('x402-v2')
  })

  it('X55: is not seen in the entries of @dexterai/x402, which have both amounts and the decimals', () => {
    const resource = { url: 'https://api.example.com/a' }
    const dexter = { ...entry, maxTimeoutSeconds: 60, extra: { name: 'USD Coin', version: '2', decimals: 6 } }
    const read = parse([dexter], { resource })
    expect(read.dialect).toMatchObject({ name: 'x402-v2', numericTimes: false, payToPaysFee: false })
    expect(answerTo(read)).toMatchObject({ resource, accepted: dexter })
  })
})

describe('thirdweb', () => {
  const resource = { url: 'https://api.example.com/a' }
  const entry: JsonObject = {
    ...{ scheme: 'exact', network: 'eip155:8453', maxAmountRequired: '10000', resource: resource.url },
    ...{ description: '', mimeType: 'application/json', payTo, maxTimeoutSeconds: 300 },
    ...{ asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', outputSchema: {} },
    extra: { name: 'USD Coin', version: '2', primaryType: 'TransferWithAuthorization' }
  }

  it('X57: is recognised by v1’s amount alone, and gets scheme and network beside the entry', () => {
    const read = parse([entry], { resource })
    expect(read.dialect).toMatchObject({ name: 'thirdweb', requestHeader: 'PAYMENT-SIGNATURE' })
    expect(JSON.parse(JSON.stringify(answerTo(read)))).toEqual({
      ...{ x402Version: 2, scheme: 'exact', network: 'eip155:8453' },
      ...{ accepted: entry, resource, payload: { signature: '0x' } }
    })
  })

  it('X57: of version 1 is v1', () => {
    expect(parse([entry], { resource, x402Version: 1 }).dialect.name).toBe('x402-v1')
  })

  it('X58: a Permit is refused by name, and so is anything else that is not EIP-3009’s', () => {
    const change = (primaryType: string): JsonObject => ({ ...entry, extra: { primaryType } })
    const { offers, rejectedOffers } = parse([change('Permit'), change('ReceiveWithAuthorization')])
    expect(offers).toEqual([])
    expect(rejectedOffers.map(({ reason }) => reason)).toEqual([
      'it wants a Permit signed (extra.primaryType), which lets its payee take money again and again',
      'its extra.primaryType "ReceiveWithAuthorization" is not "TransferWithAuthorization"'
    ])
  })

  it('X58: its upto is refused by name', () => {
    const [rejected] = parse([{ ...entry, scheme: 'upto' }]).rejectedOffers
    expect(rejected).toMatchObject({
      scheme: 'upto',
      reason: 'its scheme "upto" names no facilitator (extra.facilitatorAddress)'
    })
  })
})
