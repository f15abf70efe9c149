import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRegistry } from '../network/registry.js'
import { offerV1Schema, offerV2Schema } from '../schemas/offer.js'
import { parseOffer } from './parse-offer.js'

const registry = createRegistry()
const odd = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.constantFrom(undefined, null, '', '0', '-1', '1e9', Number.NaN, -1)
)
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 20, arbitrary }, { weight: 1, arbitrary: odd })
const entry = fc.record(
  {
    scheme: mostly(fc.constant('exact')),
    network: mostly(fc.constantFrom('eip155:8453', 'base')),
    amount: mostly(fc.stringMatching(/^[1-9]\d{0,80}$/)),
    maxAmountRequired: mostly(fc.stringMatching(/^[1-9]\d{0,80}$/)),
    asset: mostly(fc.constant('0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913')),
    payTo: mostly(fc.constant(`0x${'11'.repeat(20)}`)),
    maxTimeoutSeconds: mostly(fc.nat()),
    extra: mostly(fc.dictionary(fc.string(), fc.string()))
  },
  { requiredKeys: ['scheme', 'network', 'asset'] }
)

it('an entry is read or rejected with a reason, whatever it is, and is read only if its schema accepts it', () => {
  let read = 0
  fc.assert(
    fc.property(fc.oneof(entry, odd), fc.constantFrom(1 as const, 2 as const), (value, version) => {
      // What came over the wire is JSON.
      const wire: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
      const offer = parseOffer(version, wire, registry)
      if ('reason' in offer) {
        expect(offer.reason).toMatch(/^(?:its|it) /)
        return
      }
      read++
      expect((version === 1 ? offerV1Schema : offerV2Schema).safeParse(wire).success).toBe(true)
      expect(offer.raw).toBe(wire)
    }),
    { numRuns: 2000 }
  )
  expect(read).toBeGreaterThan(100)
})
