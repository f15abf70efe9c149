import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChallengeBody, parseChallengeHeader } from '../challenge/parse-challenge.js'
import { isBursarError } from '../error/bursar-error-of.js'
import { createRegistry } from '../network/registry.js'
import { decodeHeader, encodeHeader, MAX_HEADER_BYTES } from './header-codec.js'
import { decodeSettlement } from './settlement.js'

const registry = createRegistry()
const jsonObject = fc.dictionary(fc.string(), fc.jsonValue())

function throwsOnlyBursarErrors(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    expect(isBursarError(error)).toBe(true)
  }
}

describe('the header codec', () => {
  it('gives back what went in, in any script', () => {
    fc.assert(
      fc.property(jsonObject, (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value))
        expect(decodeHeader('X', encodeHeader(value))).toEqual(json)
      })
    )
  })

  it('agrees with Buffer, which is another implementation', () => {
    fc.assert(
      fc.property(jsonObject, (value) => {
        const json = JSON.stringify(value)
        expect(encodeHeader(value)).toBe(Buffer.from(json, 'utf8').toString('base64'))
      })
    )
  })

  it('throws nothing but a BursarError, whatever comes', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.string().map((each) => Buffer.from(each).toString('base64')),
      fc.jsonValue().map((each) => Buffer.from(JSON.stringify(each)).toString('base64')),
      jsonObject.map((each) => encodeHeader({ x402Version: 2, accepts: [], ...each }))
    )
    fc.assert(
      fc.property(text, (each) => {
        throwsOnlyBursarErrors(() => decodeHeader('X', each))
        throwsOnlyBursarErrors(() => parseChallengeHeader(each, registry))
        throwsOnlyBursarErrors(() => parseChallengeBody(each, registry))
        throwsOnlyBursarErrors(() => decodeSettlement('X', each))
      }),
      { numRuns: 2000 }
    )
  })
})

describe('what would hang or exhaust a careless reader', () => {
  it.each([
    ['nesting', '['.repeat(90_000)],
    [
      'nesting in a challenge',
      `{"x402Version":2,"accepts":[],"extensions":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`
    ],
    ['brackets inside strings', `{"x402Version":2,"accepts":[],"error":"${'[{'.repeat(20_000)}"}`],
    ['an unfinished string of escapes', `{"a":"${'\\"'.repeat(40_000)}`],
    ['many offers', `{"x402Version":2,"accepts":[${'{},'.repeat(20_000)}{}]}`],
    ['prototype keys', '{"__proto__":{"x402Version":2,"accepts":[]},"constructor":1}']
  ])('%s', (_, json) => {
    const started = performance.now()
    throwsOnlyBursarErrors(() => parseChallengeBody(json, registry))
    throwsOnlyBursarErrors(() => parseChallengeHeader(btoa(json), registry))
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  it('is not read beyond its bound', () => {
    expect(() => decodeHeader('X', 'A'.repeat(MAX_HEADER_BYTES + 4))).toThrow(
      expect.objectContaining({
        code: 'header/too-large',
        context: { header: 'X', limitBytes: MAX_HEADER_BYTES }
      })
    )
  })

  it.each([
    ['url-safe base64', Buffer.from('{"a":"??>>"}').toString('base64url')],
    ['missing padding', 'eyJhIjoxfQ'],
    ['nothing', ''],
    ['broken UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')],
    ['an array', btoa('[]')]
  ])('is rejected when it is %s', (_, text) => {
    expect(() => decodeHeader('X', text)).toThrow(
      expect.objectContaining({ code: 'header/malformed', moneyState: 'none' })
    )
  })
})
