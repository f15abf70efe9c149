import { describe, expect, it } from 'vitest'
import { createRegistry } from '../network/registry.js'
import type { JsonObject } from '../wire/json.js'
import { parseChallenge } from './parse-challenge.js'

const registry = createRegistry()
const payTo = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const terms: JsonObject = {
  ...{ scheme: 'exact', payTo, asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913' },
  ...{ maxTimeoutSeconds: 300, extra: { name: 'USD Coin', version: '2' } }
}
const v1: JsonObject = { ...terms, network: 'base', maxAmountRequired: '10000' }
const v2: JsonObject = { ...terms, network: 'eip155:8453', amount: '10000' }

describe('a challenge that is itself an offer, as uvd-x402-sdk 2.38.0 sends it', () => {
  const resource = 'https://api.example.com/a'
  const answerTo = (read: ReturnType<typeof parseChallenge>): unknown => {
    const [offer] = read.offers
    return offer && read.dialect.payment(read, offer, { signature: '0x' })
  }

  it.each([
    [1, { x402Version: 1, ...v1, resource }],
    [2, { x402Version: 2, ...v1, network: 'eip155:8453', resource }],
    [2, { x402Version: 2, ...v2, accepts: null }]
  ])('of v%i is read as its only one', (x402Version, challenge: JsonObject) => {
    const read = parseChallenge(challenge, registry)
    expect(read.offers).toMatchObject([{ amountAtomic: 10_000n, payTo }])
    expect(Object.isFrozen(read.offers[0]?.raw)).toBe(true)
    expect(answerTo(read)).toMatchObject({ x402Version, payload: { signature: '0x' } })
  })

  it('is read as its last one where it lists others, which have no scheme', () => {
    const { scheme: __, ...listed } = v2
    const challenge = { x402Version: 2, ...v1, network: 'eip155:8453', accepts: [listed] }
    const { offers, rejectedOffers } = parseChallenge(challenge, registry)
    expect(offers).toMatchObject([{ amountAtomic: 10_000n }])
    expect(offers[0]?.raw.accepts).toBeUndefined()
    expect(rejectedOffers).toMatchObject([{ reason: 'its scheme is missing or malformed' }])
  })

  it('is malformed where its list is none', () => {
    const challenge = { x402Version: 2, ...v2, accepts: 'x' }
    expect(() => parseChallenge(challenge, registry)).toThrow(/accepts is missing/)
  })
})
