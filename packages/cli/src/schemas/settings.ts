import * as z from 'zod'
import { amount, atomic } from './parts.js'
import { policySchemas } from './policy.js'
import type { VerbSchema } from './verb-schema.js'

const limits = {
  form: 'document',
  about: 'the limits as they are now, and what is left of each',
  schema: z.strictObject({
    limits: z.array(
      z.strictObject({
        name: z.string(),
        amount,
        amountAtomic: atomic,
        left: amount.nullable().describe('null where it bounds each payment by itself'),
        leftAtomic: atomic.nullable()
      })
    ),
    file: z.string()
  })
} as const satisfies VerbSchema

/** Of limits, and of servers. */
export const settingSchemas = {
  'limits show': limits,
  'limits set': limits,
  'limits unset': limits,
  ...policySchemas,
  dev: {
    form: 'document',
    about: 'what is to be exported to use the local stack',
    schema: z.record(z.string(), z.string())
  },
  'dev fund': {
    form: 'document',
    about: 'what was given',
    schema: z.strictObject({ address: z.string(), amount, network: z.string() })
  },
  proxy: {
    form: 'document',
    about: 'the variables of each agent, with its token: a secret',
    schema: z.strictObject({
      url: z.url(),
      agents: z.array(z.strictObject({ name: z.string(), env: z.record(z.string(), z.string()) }))
    })
  },
  mcp: {
    form: 'document',
    about: 'with --http where the tools are served, and the header with the token: a secret',
    schema: z.strictObject({ url: z.url(), headers: z.record(z.string(), z.string()) })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>

/** Of what the command says of itself. */
export const infoSchemas = {
  completion: {
    form: 'document',
    about: 'the script of a shell, or what a word can be',
    schema: z.union([z.strictObject({ script: z.string() }), z.strictObject({ words: z.array(z.string()) })])
  },
  help: {
    form: 'document',
    about: 'the help of a verb, or the manual page',
    schema: z.strictObject({ text: z.string() })
  },
  explain: {
    form: 'document',
    about: 'what an error code means, or all codes',
    schema: z.union([
      z.strictObject({ code: z.string(), text: z.string().describe('Markdown') }),
      z.strictObject({ codes: z.array(z.string()) })
    ])
  },
  'exit-codes': {
    form: 'document',
    about: 'what exit codes mean',
    schema: z.strictObject({
      exitCodes: z.array(z.strictObject({ code: z.int(), name: z.string(), text: z.string() }))
    })
  },
  schema: {
    form: 'document',
    about: 'a JSON Schema (draft 2020-12), or the verbs that have one',
    schema: z.union([z.looseObject({ $schema: z.url() }), z.strictObject({ verbs: z.array(z.string()) })])
  },
  version: {
    form: 'document',
    about: 'the version of the command',
    schema: z.strictObject({ version: z.string() })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>
