import { describe, expect, it } from 'vitest'
import { createRegistry } from '../network/registry.js'
import type { JsonObject } from '../wire/json.js'
import { parseChallenge } from './parse-challenge.js'

const registry = createRegistry()
const base: JsonObject = {
  scheme: 'exact',
  network: 'eip155:8453',
  amount: '10000',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payTo: '0x1111111111111111111111111111111111111111',
  maxTimeoutSeconds: 60,
  extra: { name: 'USD Coin', version: '2' }
}
const parse = (accepts: unknown, more: JsonObject = {}) =>
  parseChallenge(
    { x402Version: 2, resource: { url: 'https://x/' }, accepts: accepts as never, ...more },
    registry
  )
const reasonOf = (change: JsonObject): string | undefined =>
  parse([{ ...base, ...change }]).rejectedOffers[0]?.reason

describe('a challenge', () => {
  it('keeps each entry exactly as received, unknown keys and prototype names included', () => {
    const received = JSON.parse(
      JSON.stringify({ ...base, odd: { deep: [1, null] } }).replace('"odd"', '"__proto__"')
    )
    expect(JSON.stringify(parse([received]).offers[0]?.raw)).toBe(JSON.stringify(received))
  })

  it('cannot be changed in any of its parts', () => {
    const { offers } = parse([{ ...base, extra: { deep: [{ a: 1 }] } }])
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen))
    const [first] = offers
    expect([first?.raw, first?.extra].every(isFrozen)).toBe(true)
    expect([offers, first].every(Object.isFrozen)).toBe(true)
  })

  it('sets an unknown offer aside with its reason and keeps the rest', () => {
    const { offers, rejectedOffers } = parse([{ ...base, scheme: 'auth-capture' }, null, 7, [], base])
    expect(offers).toHaveLength(1)
    expect(rejectedOffers.map(({ reason }) => reason)).toEqual([
      'its scheme "auth-capture" is not "exact" or "upto"',
      'it is not an object',
      'it is not an object',
      'it is not an object'
    ])
  })

  it.each([
    [{ network: 'eip155:999' }, 'its network "eip155:999" is not known'],
    [{ network: 'basis' }, 'its network "basis" is not known'],
    [{ asset: '0x1111111111111111111111111111111111111112' }, 'is not known; add it to known.assets'],
    [{ asset: 'USDC' }, 'its asset is not an address'],
    [{ payTo: '0x1' }, 'its payTo is not an address'],
    [{ amount: '0' }, 'its amount is zero'],
    [{ amount: '-1' }, 'its amount is missing or malformed'],
    [{ amount: 10000 }, 'its amount is missing or malformed'],
    [{ amount: '9'.repeat(78) }, 'its amount is out of range'],
    [{ maxTimeoutSeconds: 'a minute' }, 'its maxTimeoutSeconds is missing or malformed'],
    [{ extra: 'x' }, 'its extra is missing or malformed']
  ])('does not take an offer with %j', (change, reason) => {
    expect(reasonOf(change)).toContain(reason)
  })

  it('peers defect 12: without accepts is a clear error that names it', () => {
    expect(() => parseChallenge({ x402Version: 2 }, registry)).toThrow(
      expect.objectContaining({
        code: 'challenge/malformed',
        message: expect.stringContaining('accepts is missing')
      })
    )
    expect(() => parseChallenge({ accepts: [] }, registry)).toThrow(/x402Version/)
    expect(() => parseChallenge({ x402Version: 3, accepts: [] }, registry)).toThrow(/x402Version/)
  })

  it('of ten thousand offers is read as far as the bound', () => {
    const { offers, rejectedOffers } = parse(Array.from({ length: 10_000 }, () => base))
    expect(offers).toHaveLength(256)
    expect(rejectedOffers).toEqual([{ reason: 'only the first 256 offers are read' }])
  })

  it('keeps sixteen offers by Permit2, each of which is asked about on the chain', () => {
    const byPermit2 = { ...base, extra: { assetTransferMethod: 'permit2' } }
    const { offers, rejectedOffers } = parse([...Array.from({ length: 200 }, () => byPermit2), base])
    expect(offers).toHaveLength(17)
    expect(offers.at(-1)?.extra).toEqual(base.extra ?? {})
    expect(rejectedOffers).toHaveLength(184)
    expect(rejectedOffers[0]?.reason).toBe('only the first 16 offers by Permit2 are looked at')
  })

  it('has its error cut to one printable line', () => {
    expect(parse([base], { error: `no\r\nX-Evil: 1\u202e${'word '.repeat(200)}` }).error).toMatch(
      /^no X-Evil: 1 (?:word )+w?o?r?d?…$/
    )
  })
})
