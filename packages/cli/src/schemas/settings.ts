import { z } from 'zod'
import { amount, atomic } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const key = z.strictObject({ wallet: z.string(), chain: z.enum(['evm', 'solana']), address: z.string() })
const keys = {
  form: 'document',
  about: 'where a wallet is paid',
  schema: z.strictObject({ keys: z.array(key) })
} as const satisfies VerbSchema

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

/** Of wallets and limits. */
export const settingSchemas = {
  'wallet create': keys,
  'wallet import': keys,
  'wallet show': keys,
  'wallet list': {
    form: 'document',
    about: 'every wallet, and key files that are damaged',
    schema: z.strictObject({
      keys: z.array(key.extend({ isDefault: z.boolean() })),
      damaged: z.array(z.strictObject({ path: z.string(), reason: z.string() }))
    })
  },
  'wallet export': {
    form: 'document',
    about: 'a key file, or with --plain the key itself: a secret',
    schema: z.strictObject({
      wallet: z.string(),
      file: z.unknown().optional(),
      keys: z.array(z.strictObject({ chain: z.enum(['evm', 'solana']), key: z.string() })).optional()
    })
  },
  'wallet default': {
    form: 'document',
    about: 'the wallet that pays from now on',
    schema: z.strictObject({ wallet: z.string() })
  },
  'limits show': limits,
  'limits set': limits,
  'limits unset': limits,
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
