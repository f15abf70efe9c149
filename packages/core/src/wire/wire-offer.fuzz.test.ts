import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offerV1Schema, offerV2Schema, settleResponseSchema } from '../schemas.js'
import { encodeHeader } from './header-codec.js'
import { decodeSettlement } from './settlement.js'
import { parseWireOffer } from './wire-offer.js'

const odd = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.constantFrom(undefined, null, '', '0', '-1', '1e9', Number.NaN, -1)
)
const digits = fc.stringMatching(/^\d{1,80}$/)
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 20, arbitrary }, { weight: 1, arbitrary: odd })
const entry = fc.record(
  {
    scheme: mostly(fc.constant('exact')),
    network: mostly(fc.constant('eip155:8453')),
    amount: mostly(digits),
    maxAmountRequired: mostly(digits),
    asset: mostly(fc.string({ minLength: 1, maxLength: 300 })),
    payTo: mostly(fc.string({ minLength: 1, maxLength: 40 })),
    maxTimeoutSeconds: mostly(fc.nat()),
    extra: mostly(fc.dictionary(fc.string(), fc.string()))
  },
  { requiredKeys: ['scheme', 'network', 'asset'] }
)

describe('the hand-written reader of offers', () => {
  it('accepts exactly what the schemas accept', () => {
    fc.assert(
      fc.property(fc.oneof(entry, odd), (value) => {
        // What came over the wire is JSON.
        const wire: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
        expect(typeof parseWireOffer(2, wire) === 'object').toBe(offerV2Schema.safeParse(wire).success)
        expect(typeof parseWireOffer(1, wire) === 'object').toBe(offerV1Schema.safeParse(wire).success)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('the hand-written reader of settlements', () => {
  it('reads whatever the schema accepts', () => {
    const settlement = fc.record(
      { success: mostly(fc.boolean()), transaction: mostly(fc.string()), errorReason: mostly(fc.string()) },
      { requiredKeys: [] }
    )
    fc.assert(
      fc.property(settlement, (value) => {
        const wire: unknown = JSON.parse(JSON.stringify(value))
        const read = decodeSettlement('PAYMENT-RESPONSE', encodeHeader(wire))
        const schema = settleResponseSchema.safeParse(wire)
        if (schema.success) expect(read?.success).toBe(schema.data.success)
      })
    )
  })
})
