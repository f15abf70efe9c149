import * as z from 'zod'
import { amount, network, time } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const chain = z.enum(['evm', 'solana'])
const key = z.strictObject({
  wallet: z.string(),
  chain,
  address: z.string(),
  path: z.string().optional().describe('of its key file'),
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
  'wallet watch': keys,
  'wallet sweep': {
    form: 'document',
    about: 'what was moved from a wallet, and its payments that are still out',
    schema: z.strictObject({
      wallet,
      moves: z.array(
        z.strictObject({
          network,
          symbol: z.string().describe('of the token, or of the coin that pays for gas'),
          amount,
          from: z.string(),
          to: z.string(),
          feePayer: z.string().describe('the address that pays the fee'),
          status: z
            .enum(['moved', 'empty', 'unfunded', 'unknown', 'failed'])
            .describe('unfunded: the fee cannot be paid; unknown: sent, and may still get into a block'),
          reason: z.string().nullable(),
          transaction: z.string().nullable()
        })
      ),
      out: z.array(z.string()).describe('purchases whose payments may still be taken')
    })
  },
  unlock: {
    form: 'document',
    about: 'the wallet that needs no passphrase for a time',
    schema: z.strictObject({ wallet, until: time })
  },
  lock: {
    form: 'document',
    about: 'whether something was unlocked before',
    schema: z.strictObject({ locked: z.boolean() })
  },
  'wallet remove': {
    form: 'document',
    about: 'the wallet that is removed from this machine, and its addresses',
    schema: z.strictObject({ wallet, removed: z.array(z.string()) })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>
