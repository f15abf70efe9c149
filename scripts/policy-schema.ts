/** Writes the JSON Schema of the policy, which editors read: npm run policy-schema */
import { writeFileSync } from 'node:fs'
import { policyJsonSchema } from '@bursar/policy'

const file = new URL('../packages/policy/policy.schema.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(policyJsonSchema(), undefined, 2)}\n`)
