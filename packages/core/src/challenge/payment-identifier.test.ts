import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../wire/json.js'
import { paymentIdentifierOf, withPaymentIdentifier } from './payment-identifier.js'
import { findUnmetExtension } from './required-extension.js'

const id = `p${'0123456789abcdef'.repeat(2)}`
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    required: { type: 'boolean' },
    id: { type: 'string', minLength: 16, maxLength: 128, pattern: '^[a-zA-Z0-9_-]+$' }
  },
  required: ['required']
}
const declared = (info: JsonObject, more: JsonObject = schema): JsonObject => ({
  bazaar: { info: {} },
  'payment-identifier': { info, schema: more }
})
const idSchema = (bounds: JsonObject): JsonObject => ({ properties: { id: bounds } })

describe('payment-identifier', () => {
  it('X19: adds the id, and leaves all that the server sent as it came', () => {
    const extensions = declared({ required: true, other: [1] })
    const before = JSON.stringify(extensions)
    const echo = withPaymentIdentifier({ resource: 'r', extensions }, id)
    expect(echo).toEqual({ resource: 'r', extensions: declared({ required: true, other: [1], id }) })
    expect(JSON.stringify(extensions)).toBe(before)
    expect(paymentIdentifierOf({ extensions: echo.extensions ?? {} })).toBe(id)
  })

  it.each([
    ['nothing is declared', {}],
    ['its info is missing', { 'payment-identifier': {} }],
    ['it is no object', { 'payment-identifier': true }],
    ['the id would be too short', declared({ required: true }, idSchema({ minLength: 34 }))],
    ['the id would be too long', declared({ required: true }, idSchema({ maxLength: 32 }))]
  ])('adds nothing where %s', (_, extensions) => {
    const echo = { extensions }
    expect(withPaymentIdentifier(echo, id)).toBe(echo)
  })

  it('does not run a pattern that a server chose', () => {
    const extensions = declared({ required: true }, idSchema({ pattern: '^([a-z0-9]+)+!$' }))
    expect(paymentIdentifierOf(withPaymentIdentifier({ extensions }, id))).toBe(id)
  })
})

describe('X24: required extensions', () => {
  it.each<[string, 1 | 2, JsonObject, string | undefined]>([
    ['an identifier that can be given', 2, declared({ required: true }), undefined],
    ['an identifier in version 1', 1, declared({ required: true }), 'payment-identifier'],
    [
      'an identifier of another length',
      2,
      declared({ required: true }, idSchema({ maxLength: 20 })),
      'payment-identifier'
    ],
    ['an unknown one', 2, { kyc: { info: { required: true } } }, 'kyc'],
    ['an unknown one that is not required', 2, { kyc: { info: { required: false } }, x: 1 }, undefined]
  ])('%s', (_, version, extensions, unmet) => {
    expect(findUnmetExtension(version, extensions)).toBe(unmet)
  })
})
