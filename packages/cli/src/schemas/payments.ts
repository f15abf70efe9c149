import * as z from 'zod'
import { amount, atomic, network, networkName, redirectedTo } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const receipt = z.strictObject({
  purchase: z.string().describe('the id of bursar show'),
  moneyState: z.enum(['settled', 'sent']),
  amount,
  amountAtomic: atomic,
  symbol: z.string(),
  cost: amount.describe('what it counts as against the limits, in dollars'),
  most: amount
    .optional()
    .describe('the most that the server could take, where it takes what the answer did cost'),
  isTest: z.literal(true).optional().describe('money of a test network, which is worth nothing'),
  paidFor: z.string().describe('price, or reserve: the whole reserve of a text'),
  network,
  networkName,
  asset: z.string(),
  payer: z.string(),
  payTo: z.string(),
  transaction: z.string().optional(),
  reference: z.string(),
  evidence: z.unknown().optional().describe('what the seller signed of it'),
  resumed: z.boolean().describe('the payment of an earlier call was used')
})

const offer = z.strictObject({
  amount,
  amountAtomic: atomic,
  symbol: z.string(),
  cost: amount.describe('what it counts as against the limits, in dollars'),
  isMost: z.literal(true).optional(),
  isTest: z.literal(true).optional(),
  paidFor: z.string(),
  chargesFirst: z.literal(true).optional(),
  isPermit2: z.literal(true).optional(),
  network,
  networkName,
  asset: z.string(),
  payTo: z.string(),
  rejection: z.strictObject({ code: z.string(), message: z.string() }).optional()
})

const rejectedOffer = z.strictObject({
  scheme: z.string().optional(),
  network: z.string().optional(),
  amount: z.string().optional(),
  symbol: z.string().optional(),
  payTo: z.string().optional(),
  reason: z.string()
})

const errorCode = z.string().nullable().describe('why it could not be read')

const wallet = z.strictObject({
  network,
  networkName,
  address: z.string(),
  usdc: amount.nullable(),
  usdcAtomic: atomic.nullable(),
  gas: amount.nullable().describe('in gasSymbol'),
  gasAtomic: atomic.nullable(),
  gasSymbol: z.string(),
  error: errorCode
})

const prepaid = z.strictObject({
  service: z.string(),
  network,
  networkName,
  address: z.string(),
  usdc: amount.nullable(),
  usdcAtomic: atomic.nullable(),
  error: errorCode
})

const account = z.strictObject({
  service: z.string(),
  unit: z.string(),
  left: z.string().nullable(),
  error: errorCode
})

const finding = z.strictObject({ what: z.string(), ok: z.boolean(), text: z.string() })

/** Of verbs that pay a URL, and of those that look. */
export const paymentSchemas = {
  pay: {
    form: 'document',
    about: 'the answer, and what it cost',
    schema: z.strictObject({
      status: z.int(),
      receipt: receipt.nullable(),
      body: z.string().optional(),
      file: z.string().optional().describe('with --output, instead of the body')
    })
  },
  quote: {
    form: 'document',
    about: 'what a call costs, and what would reject it',
    schema: z.strictObject({
      status: z.int(),
      reason: z.string().nullable().describe('why a 402 would not be paid that has no offers'),
      redirectedTo,
      offers: z.array(offer),
      rejectedOffers: z.array(rejectedOffer),
      shortfall: z.string().nullable().describe('what the account lacks')
    })
  },
  balance: {
    form: 'document',
    about: 'what is left in wallets, prepaid balances and accounts of keys',
    schema: z.strictObject({
      wallets: z.array(wallet),
      prepaid: z.array(prepaid),
      accounts: z.array(account)
    })
  },
  doctor: {
    form: 'document',
    about: 'what was checked, and whether it is well',
    schema: z.strictObject({ ok: z.boolean(), findings: z.array(finding) })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>
