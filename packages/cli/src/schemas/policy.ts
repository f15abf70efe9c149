import * as z from 'zod'
import { amount, network, networkName, redirectedTo } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const sourced = {
  value: z.unknown().describe('as the file holds it; of a URL that may hold a secret, its host alone'),
  source: z.enum(['flag', 'environment', 'file', 'default']),
  from: z.string().describe('the flag, the variable or the file')
}

const settings = {
  form: 'document',
  about: 'every setting as it is now, where it comes from, and what else was said',
  schema: z.strictObject({
    settings: z.array(
      z.strictObject({
        name: z.string().describe('such as limits.day'),
        ...sourced,
        left: amount.nullable().describe('what is left of a limit on a sum'),
        others: z.array(z.strictObject(sourced)).describe('what other sources say and does not hold')
      })
    ),
    file: z.string()
  })
} as const satisfies VerbSchema

const offer = z.strictObject({
  amount,
  symbol: z.string(),
  cost: amount.describe('what it counts as against the limits, in dollars'),
  network,
  networkName,
  payTo: z.string(),
  isTest: z.boolean()
})

/** Of the policy. */
export const policySchemas = {
  'policy show': settings,
  'policy set': settings,
  'policy unset': settings,
  'policy check': {
    form: 'document',
    about: 'that the file is a policy',
    schema: z.strictObject({ file: z.string(), ok: z.literal(true) })
  },
  'policy explain': {
    form: 'document',
    about: 'what each rule of the policy says of the price, and whether it would be paid',
    schema: z.strictObject({
      status: z.int(),
      paid: z.boolean(),
      reason: z.string().nullable(),
      redirectedTo,
      offer: offer.nullable(),
      rules: z.array(
        z.strictObject({ rule: z.string(), verdict: z.enum(['ok', 'rejected', 'ask']), text: z.string() })
      )
    })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>
