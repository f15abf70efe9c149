import * as z from 'zod'
import { policySchema } from './policy-schema.js'

/** The policy as JSON Schema, for editors. `policy.schema.json` of this package holds it. */
export function policyJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(policySchema, { io: 'input' })
  return { $schema, title: 'What bursar may pay', ...schema }
}
