import { z } from 'zod'
import type { VerbSchema } from './verb-schema.js'

const chain = z.enum(['evm', 'solana'])
const key = z.strictObject({
  wallet: z.string(),
  chain,
  address: z.string(),
  watchOnly: z.literal(true).optional().describe('an address whose key is elsewhere')
})
const keys = {
  form: 'document',
  about: 'where a wallet is paid',
  schema: z.strictObject({ keys: z.array(key) })
} as const satisfies VerbSchema

const wallet = z.string().describe('its name')

/** Of wallets. */
export const walletSchemas = {
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
    schema: z.strictObject({ wallet, chain, file: z.unknown().optional(), key: z.string().optional() })
  },
  'wallet default': {
    form: 'document',
    about: 'the wallet that pays from now on',
    schema: z.strictObject({ wallet })
  },
  'wallet rename': {
    form: 'document',
    about: 'the name from now on, and the one before',
    schema: z.strictObject({ wallet, renamedFrom: z.string() })
  },
  'wallet passphrase': {
    form: 'document',
    about: 'the wallet whose passphrase is another from now on',
    schema: z.strictObject({ wallet })
  },
  'wallet remove': {
    form: 'document',
    about: 'the wallet that is removed from this machine, and its addresses',
    schema: z.strictObject({ wallet, removed: z.array(z.string()) })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>
