import { describe, expect, it } from 'vitest'
import { createRegistry } from '../network/registry.js'
import type { JsonObject } from '../wire/json.js'
import { parseChallenge, parseChallengeBody, parseChallengeHeader } from './parse-challenge.js'

const registry = createRegistry()
const payTo = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const asset = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const extra = { name: 'USD Coin', version: '2' }
const v2: JsonObject = {
  ...{ scheme: 'exact', network: 'eip155:8453', amount: '10000', asset, payTo },
  ...{ maxTimeoutSeconds: 300, extra }
}
const { amount: _, ...rest } = v2
const v1: JsonObject = { ...rest, network: 'base', maxAmountRequired: '10000' }
const parse = (entry: JsonObject, x402Version: 1 | 2 = 2) =>
  parseChallenge({ x402Version, accepts: [entry] }, registry)
const reasonOf = (entry: JsonObject): string | undefined => parse(entry).rejectedOffers[0]?.reason
const encode = (json: unknown, encoding: BufferEncoding = 'base64'): string =>
  Buffer.from(JSON.stringify(json)).toString(encoding)

/** What is sent for the first offer. */
function answerTo(challenge: ReturnType<typeof parse>): JsonObject {
  const [offer] = challenge.offers
  if (!offer) throw new TypeError(JSON.stringify(challenge.rejectedOffers))
  const { dialect } = challenge
  return JSON.parse(JSON.stringify(dialect.payment(challenge, offer, { signature: '0x' })))
}

describe('X42, X43: networks are named by either version in either version', () => {
  it.each([
    ['v2', 'base', 'eip155:8453'],
    ['v1', 'eip155:8453', 'eip155:8453'],
    ['v1', 'base-sepolia', 'eip155:84532']
  ])('%s with %s, and the answer names it as received', (version, name, id) => {
    const isV1 = version === 'v1'
    const token = id === 'eip155:84532' ? '0x036CbD53842c5426634e7929541eC2318f3dCF7e' : asset
    const read = parse({ ...(isV1 ? v1 : v2), network: name, asset: token }, isV1 ? 1 : 2)
    expect(read.offers.map(({ network }) => network.id)).toEqual([id])
    const answer = answerTo(read)
    expect(isV1 ? answer : answer.accepted).toMatchObject({ network: name })
  })

  it('v1 with the id of Solana, a feePayer, and no time', () => {
    const solana = {
      ...{ scheme: 'exact', network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', maxAmountRequired: '10000' },
      ...{
        asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
        payTo: 'So11111111111111111111111111111111111111112'
      },
      ...{
        maxTimeoutSeconds: 0,
        extra: { feePayer: 'CXk2AMBfi3TwaEL2468s6zP8xq9NxTXjp9gjMgzeUynM', decimals: 6 }
      }
    }
    const read = parse(solana, 1)
    expect(read.dialect.name).toBe('x402-v1')
    expect(read.offers).toMatchObject([{ amountAtomic: 10_000n, maxTimeoutSeconds: 60 }])
    expect(answerTo(read)).toMatchObject({ x402Version: 1, network: solana.network })
  })

  it('X127: an alias that is no CAIP-2 id is refused by its name', () => {
    expect(reasonOf({ ...v2, network: 'solana:mainnet' })).toBe('its network "solana:mainnet" is not known')
  })
})

describe('X44: v2 in a body', () => {
  const payload = { signature: '0x' }
  const inV1Header = (entry: JsonObject, error: string): unknown => {
    const body = JSON.stringify({ x402Version: 2, accepts: [entry], error })
    const read = parseChallengeBody(body, registry)
    const [offer] = read.offers
    const { alsoAs, ifUnreadAs, requestHeader } = read.dialect
    expect([requestHeader, (alsoAs ?? ifUnreadAs)?.requestHeader]).toEqual(['PAYMENT-SIGNATURE', 'X-PAYMENT'])
    expect(answerTo(read)).toEqual({ x402Version: 2, accepted: entry, payload })
    const sent = (dialect: typeof alsoAs): unknown =>
      dialect && offer && JSON.parse(JSON.stringify(dialect.payment(read, offer, payload)))
    return { also: sent(alsoAs), ifUnread: sent(ifUnreadAs) }
  }
  const asV1 = { x402Version: 1, scheme: 'exact', network: 'base', payload }
  const asV2 = { x402Version: 2, scheme: 'exact', network: 'eip155:8453', accepted: v2, payload }

  it.each<[string, string, JsonObject, object]>([
    ['at once', 'X-PAYMENT header is required', { ...v2, network: 'base' }, { also: asV1 }],
    ['at once', 'X-PAYMENT header is required', v2, { also: asV2 }],
    ['if it is not read', 'Payment Required', { ...v2, network: 'base' }, { ifUnread: asV1 }],
    ['if it is not read', 'see X-PAYMENT-RESPONSE', v2, { ifUnread: asV2 }]
  ])('is answered in both headers with one authorization, %s: %s', (_when, error, entry, expected) => {
    expect(inV1Header(entry, error)).toEqual(expected)
  })

  it('in a header is answered in its own alone', () => {
    const header = encode({ x402Version: 2, error: 'X-PAYMENT header is required', accepts: [v2] })
    const { dialect } = parseChallengeHeader(header, registry)
    expect([dialect.alsoAs, dialect.ifUnreadAs]).toEqual([undefined, undefined])
  })
})

describe('X45: the amount has either name', () => {
  it('v1 with amount alone is answered as v1', () => {
    const { maxAmountRequired: _, ...entry } = v1
    const read = parse({ ...entry, amount: '10000' }, 1)
    expect(read.offers).toMatchObject([{ amountAtomic: 10_000n }])
    expect(answerTo(read)).toEqual({
      ...{ x402Version: 1, scheme: 'exact', network: 'base', payload: { signature: '0x' } }
    })
  })

  it('two that are equal are one', () => {
    expect(parse({ ...v2, maxAmountRequired: '10000' }).offers).toMatchObject([{ amountAtomic: 10_000n }])
  })

  it.each(['9999', '20000'])('two that differ are refused, with %s beside 10000', (other) => {
    expect(reasonOf({ ...v2, maxAmountRequired: other })).toBe(
      `its amount 10000 is not its maxAmountRequired ${other}`
    )
  })
})

describe('X46, X48: forms of the header', () => {
  const whole = { x402Version: 2, error: 'é€', resource: { url: 'https://x/?a>b' }, accepts: [v2] }
  const latin1 = { ...whole, error: 'é' }

  it.each([
    ['base64', encode(whole), 'é€'],
    ['URL-safe base64', encode(whole, 'base64url'), 'é€'],
    ['base64 without padding', encode(whole).replace(/=+$/, ''), 'é€'],
    ['base64 of Latin-1', Buffer.from(JSON.stringify(latin1), 'latin1').toString('base64'), 'é'],
    ['JSON', JSON.stringify(whole), 'é€'],
    ['JSON as a client sees its UTF-8', Buffer.from(JSON.stringify(whole)).toString('latin1'), 'é€'],
    ['JSON in Latin-1', JSON.stringify(latin1), 'é']
  ])('%s is read', (_form, header, error) => {
    expect(parseChallengeHeader(header, registry)).toMatchObject({
      error,
      resource: whole.resource,
      offers: [{ amountAtomic: 10_000n }]
    })
  })

  it.each([
    ['v2', v2, 'x402-v2'],
    ['v1', v1, 'x402-v1']
  ])('offers without anything around them are %s by the name of their amount', (_version, entry, dialect) => {
    const read = parseChallengeHeader(encode([entry]), registry)
    expect(read).toMatchObject({ isBare: true, dialect: { name: dialect }, offers: [{ raw: entry }] })
  })

  it.each(['%%%%', 'A', '', '7', btoa('7'), btoa('"text"'), btoa('not JSON')])(
    '%s is malformed',
    (header) => {
      expect(() => parseChallengeHeader(header, registry)).toThrow(
        expect.objectContaining({ code: 'header/malformed', moneyState: 'none' })
      )
    }
  )
})

describe('5.3: lean and rich entries', () => {
  it.each<[string, JsonObject, number]>([
    ['no time', { maxTimeoutSeconds: undefined as never }, 60],
    ['a time of 0', { maxTimeoutSeconds: 0 }, 60],
    ['a time in text', { maxTimeoutSeconds: '120' }, 120],
    ['no extra', { extra: undefined as never }, 300],
    ['an empty extra', { extra: {} }, 300],
    ['an extra of null', { extra: null }, 300],
    [
      'a resource that is relative, and fields of others',
      { resource: '/a', price: '$1', token: 'USDC', pay_to: 'x', outputSchema: null, description: null },
      300
    ],
    ['an asset in lower case', { asset: asset.toLowerCase() }, 300],
    ['the decimals of its asset', { decimals: 6, extra: { ...extra, decimals: '6' } }, 300]
  ])('with %s is paid, and echoed as received', (_what, change, maxTimeoutSeconds) => {
    const entry: JsonObject = JSON.parse(JSON.stringify({ ...v2, ...change }))
    const read = parse(entry)
    expect(read.offers).toMatchObject([{ maxTimeoutSeconds, amountAtomic: 10_000n, raw: entry }])
    expect(answerTo(read)).toEqual({ x402Version: 2, accepted: entry, payload: { signature: '0x' } })
  })

  it.each<[JsonObject, string]>([
    [{ maxTimeoutSeconds: null }, 'its maxTimeoutSeconds is missing or malformed'],
    [{ maxTimeoutSeconds: -1 }, 'its maxTimeoutSeconds is missing or malformed'],
    [{ amount: '0.5' }, 'its amount is missing or malformed'],
    [{ amount: '1e4' }, 'its amount is missing or malformed'],
    [{ amount: '-10000' }, 'its amount is missing or malformed'],
    [{ amount: 10_000 }, 'its amount is missing or malformed'],
    [{ asset: 'USDC' }, 'its asset is not an address'],
    [{ decimals: 18 }, 'its decimals are 18, and USDC has 6'],
    [{ extra: { ...extra, decimals: 2 } }, 'its decimals are 2, and USDC has 6']
  ])('with %j is passed over, and the reason names the field', (change, reason) => {
    expect(reasonOf({ ...v2, ...change })).toBe(reason)
  })

  it('foreign rails first are passed over, and the first that fits is paid', () => {
    const foreign = [
      { ...v2, scheme: 'barter' },
      { ...v2, network: 'stellar:pubnet' },
      { ...v2, asset: payTo }
    ]
    const read = parseChallenge({ x402Version: 2, accepts: [...foreign, v2] }, registry)
    expect(read.offers).toHaveLength(1)
    expect(read.rejectedOffers.map(({ reason }) => reason)).toEqual([
      'its scheme "barter" is not "exact" or "upto"',
      'its network "stellar:pubnet" is not known',
      `its asset ${payTo} is not known; add it to known.assets if you trust it`
    ])
  })

  it('X52: null means absent', () => {
    const nulls = { error: null, resource: null, extensions: null }
    const read = parseChallenge({ x402Version: 2, accepts: [v2], ...nulls }, registry)
    expect(answerTo(read)).toEqual({ x402Version: 2, accepted: v2, payload: { signature: '0x' } })
  })

  it('the version may be text', () => {
    const read = parseChallenge({ x402Version: '1', accepts: [v1] }, registry)
    expect(read.dialect.name).toBe('x402-v1')
  })
})
