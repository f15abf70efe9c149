import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findAmbiguousFields } from './ambiguous-fields.js'

describe('names that a service may take for one another', () => {
  it.each([
    ['in another case', '{"model":"a","Model":"b"}'],
    ['twice', '{"model":"a","model":"a"}'],
    ['by an escape', '{"model":"a","\\u006dodel":"b"}'],
    ['with the Kelvin sign', '{"max_tokens":1,"max_to\u212Aens":9}'],
    ['with the long s', '{"max_tokens":1,"max_token\u017F":9}'],
    ['with underscores or without', '{"generationConfig":{"maxOutputTokens":1,"max_output_tokens":9}}'],
    ['far from the colon', `{"n":1,"N"${' '.repeat(100)}:8}`],
    ['after an object that the caller names', '{"messages":[{"metadata":"x"},{"role":"a","Role":"b"}]}'],
    ['behind a string that ends with backslashes', '{"a":"\\\\","n":1,"N":2}'],
    ['twice in what the caller names', '{"metadata":{"a":1,"a":2}}']
  ])('are found %s', (_, text) => {
    expect(findAmbiguousFields(text)).toBeDefined()
  })

  it.each([
    ['of different objects', '{"model":"a","input":{"Model":"b"}}'],
    ['of what the caller names', '{"tools":[{"parameters":{"properties":{"id":{},"ID":{}}}}]}'],
    ['in text', '{"content":"{\\"a\\":1,\\"A\\":2}","b":"c: \\"d\\":"}'],
    ['among values', '{"a":["b","b","B"],"c":"a"}']
  ])('are not found %s', (_, text) => {
    expect(findAmbiguousFields(text)).toBeUndefined()
  })

  it('are found in no JSON whose names are all different', () => {
    const names = fc.uniqueArray(fc.string(), { maxLength: 5, selector: (name) => fold(name) })
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 0 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        names
          .chain((keys) => fc.tuple(...keys.map((key) => tie('tree').map((value) => [key, value]))))
          .map((entries) => Object.fromEntries(entries as [string, unknown][]))
      )
    }))
    fc.assert(fc.property(tree, (value) => findAmbiguousFields(JSON.stringify(value, null, 1)) === undefined))
  })
})

const fold = (name: string): string => name.replace(/[_-]/g, '').toUpperCase().toLowerCase()
