import * as z from 'zod'
import { known, rates, rpcUrls } from './chain-schema.js'
import { address, amount, HERE, hostName, httpUrl, networkId, text, wholeNumber } from './checked.js'
import { limits } from './limits-schema.js'

const DAY_MS = 86_400_000

const allow = z.strictObject({
  hosts: z
    .array(hostName)
    .optional()
    .describe('The only hosts that are paid; *.example.com is all under one.'),
  networks: z
    .union([z.literal('testnet'), z.array(networkId)], {
      error: `${HERE} must be "testnet", or a list of networks`
    })
    .optional()
    .describe(
      'The only networks that are paid on, by CAIP-2 id; "testnet": those whose money is worth nothing.'
    ),
  assets: z.array(address).optional().describe('The only tokens that are paid with, by address.'),
  payees: z
    .union([z.literal('pin'), z.array(address)], { error: `${HERE} must be "pin", or a list of addresses` })
    .optional()
    .describe('The only accounts that are paid; "pin": each host keeps the first that it named.')
})

const confirm = z.strictObject({
  above: amount.describe(
    'A person is asked about each payment that costs more, in dollars; "0" is every one.'
  ),
  unanswered: z
    .enum(['pay', 'refuse'])
    .optional()
    .describe('What becomes of it where nobody can be asked, or nobody answers. Default: refuse.')
})

const topUpRule = z.strictObject({
  amount: amount.optional().describe('What one top-up brings, in USDC.'),
  perDay: amount.optional().describe('The most that top-ups cost within 24 hours, gas included.'),
  total: amount.optional().describe('The most that all top-ups may ever cost.'),
  below: amount.optional().describe('Tops up ahead of a call when the balance is below this.'),
  cooldownMs: wholeNumber(0, DAY_MS).optional(),
  creditWaitMs: wholeNumber(0, DAY_MS).optional()
})

const notify = z.strictObject({
  url: httpUrl.describe('Where events are posted to.'),
  secretFile: text('path').optional().describe('A file with the secret that signs what is posted.'),
  events: z.array(text('event')).optional().describe('The events that are posted. Default: all.')
})

const timeouts = z.strictObject({
  beforePaymentMs: wholeNumber(1, DAY_MS).optional(),
  afterPaymentMs: wholeNumber(1, DAY_MS).optional(),
  idleBodyMs: wholeNumber(1, DAY_MS).optional(),
  replacementMs: wholeNumber(0, 600_000).optional()
})

const ledger = text('path or URL').regex(
  /^(?:\/|\\\\|[A-Za-z]:[\\/]|postgres(?:ql)?:\/\/)/,
  `${HERE} must be an absolute path, or a URL that begins with postgres:// (its value is not shown)`
)

/** Everything that `createBursar` takes and that is neither a function nor a key. */
export const policySchema = z.strictObject({
  $schema: z.string().optional().describe('Where this schema is, for editors.'),
  limits: limits.optional().describe('What may be spent. Every limit that is given must hold.'),
  allow: allow.optional().describe('Who may be paid, on which networks and with which tokens.'),
  maxPriceIncrease: z
    .number({ error: `${HERE} must be a number, 1 or more` })
    .min(1, `${HERE} must be 1 or more`)
    .optional()
    .describe('Rejects what costs more than this many times what the same host and path last cost.'),
  confirm: confirm.optional().describe('Which payments a person is asked about.'),
  prefer: z
    .union([z.literal('cheapest'), z.array(networkId)], {
      error: `${HERE} must be "cheapest", or a list of networks`
    })
    .optional()
    .describe('Networks in the order of preference, or "cheapest".'),
  rates: rates.optional().describe('What one unit of a token is worth in dollars, by its symbol.'),
  rpcUrls: rpcUrls.optional().describe('RPC endpoints by network, tried in order.'),
  known: known.optional().describe('Networks and tokens beyond those of the official client of x402.'),
  signIn: z
    .union([z.enum(['bought', 'always']), z.literal(false)], {
      error: `${HERE} must be "bought", "always" or false`
    })
    .optional()
    .describe('When to sign in to a server instead of paying it again.'),
  checkBalance: z
    .literal('always')
    .optional()
    .describe('Looks whether the account holds what an offer asks, before anything is signed.'),
  lowBalance: z
    .strictObject({
      wallet: amount
        .optional()
        .describe('Tells when the USDC of an account on one network falls below this.'),
      prepaid: amount.optional().describe('Tells when a prepaid balance at a service falls below this.')
    })
    .optional()
    .describe('Below which amounts a balance is low, which events and the webhook tell once for each fall.'),
  verify: z.literal('chain').optional().describe('Compares every receipt with the chain.'),
  recover: z
    .literal('at-start')
    .optional()
    .describe('Asks the chain at the start what became of open purchases.'),
  inFlight: z.enum(['separate', 'join']).optional().describe('What equal calls in flight together are.'),
  offers: z
    .enum(['ask', 'remember'])
    .optional()
    .describe('"remember" pays with the first request what the same place asked lately and was paid.'),
  topUp: z
    .strictObject({ katana: topUpRule.optional(), venice: topUpRule.optional() })
    .optional()
    .describe('When and how far the prepaid balance at a service is topped up by itself.'),
  ledger: ledger.optional().describe('The file of the record, or the URL of a PostgreSQL database.'),
  retention: z
    .strictObject({
      days: wholeNumber(62, 36_500).describe('For how long what is over is kept; 62 or more.')
    })
    .optional()
    .describe('What is forgotten of the record.'),
  notify: notify.optional().describe('Where events are posted to.'),
  timeouts: timeouts.optional().describe('Time limits, in milliseconds.'),
  resend: z
    .strictObject({ times: wholeNumber(0, 10).optional(), backoffMs: wholeNumber(0, 60_000).optional() })
    .optional()
    .describe('How a payment whose answer is lost is sent again.'),
  resumeWindowMs: wholeNumber(0, 31 * DAY_MS).optional(),
  maxValiditySeconds: wholeNumber(10, 86_400).optional(),
  maxStreamBytes: wholeNumber(0, 2 ** 40).optional()
})

/** What the user allows and prefers, as a file says it. */
export type Policy = z.infer<typeof policySchema>
