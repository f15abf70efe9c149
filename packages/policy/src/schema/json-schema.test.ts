import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { policyJsonSchema } from './json-schema.js'

const file = new URL('../../policy.schema.json', import.meta.url)

describe('the published JSON Schema', () => {
  it('is what the schema of the policy says: npm run policy-schema', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())))
  })
})
