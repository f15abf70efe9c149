import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRegistry } from '../network/registry.js'
import { parseOffer } from './parse-offer.js'

const registry = createRegistry()
const odd = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.constantFrom(undefined, null, '', '0', '-1', '1e9', Number.NaN, -1)
)
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 20, arbitrary }, { weight: 1, arbitrary: odd })
const anyAmount = fc.oneof(fc.constantFrom('10000', '20000'), fc.stringMatching(/^[1-9]\d{0,80}$/))
const entry = fc.record(
  {
    scheme: mostly(fc.constant('exact')),
    network: mostly(fc.constantFrom('eip155:8453', 'base')),
    amount: mostly(anyAmount),
    maxAmountRequired: mostly(anyAmount),
    asset: mostly(fc.constant('0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913')),
    payTo: mostly(fc.constant(`0x${'11'.repeat(20)}`)),
    maxTimeoutSeconds: mostly(fc.nat()),
    extra: mostly(fc.dictionary(fc.string(), fc.string()))
  },
  { requiredKeys: ['scheme', 'network', 'asset'] }
)

it('an entry is read or rejected with a reason, whatever it is, and is read as the one amount that it names', () => {
  let read = 0
  fc.assert(
    fc.property(fc.oneof(entry, odd), (value) => {
      // What came over the wire is JSON.
      const wire: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
      const offer = parseOffer(wire, registry)
      if ('reason' in offer) {
        expect(offer.reason).toMatch(/^(?:its|it) /)
        return
      }
      read++
      expect(offer.raw).toBe(wire)
      const { amount, maxAmountRequired } = offer.raw
      const stated = [amount, maxAmountRequired].filter((each) => each !== undefined && each !== null)
      expect(new Set(stated.map((each) => BigInt(String(each))))).toEqual(new Set([offer.amountAtomic]))
      expect(offer.maxTimeoutSeconds).toBeGreaterThan(0)
    }),
    { numRuns: 2000 }
  )
  expect(read).toBeGreaterThan(100)
})
