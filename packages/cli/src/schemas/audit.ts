import * as z from 'zod'
import { amount, atomic, network, networkName, time } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const id = z.string().describe('of the purchase')
const orEmpty = (what: string) => z.string().describe(`${what}; empty where there is none`)

const purchase = z.strictObject({
  id,
  kind: z.string(),
  name: orEmpty('the name it was bought under'),
  reserved_at: time,
  settled_at: z.union([time, z.literal('')]),
  state: z.string(),
  answered: z.enum(['yes', 'no']),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  amount,
  amount_atomic: atomic,
  symbol: z.string(),
  usd: amount.describe('what it counts as against the limits'),
  rate: orEmpty('dollars for one of its token'),
  test: z.enum(['yes', 'no']),
  network,
  network_name: networkName,
  asset: z.string(),
  payer: orEmpty('who pays'),
  pay_to: z.string(),
  reference: orEmpty('the public name of its authorization'),
  transaction: orEmpty('the transaction that settled it'),
  job: orEmpty('the job of the service'),
  input_tokens: orEmpty('a count'),
  output_tokens: orEmpty('a count'),
  labels: z.record(z.string(), z.string()),
  evidence: z.unknown().optional(),
  signatures: z.unknown().optional()
})
/** Each line of `watch`. */
const change = z.union([
  purchase.extend({
    at: time,
    change: z.enum(['reserved', 'signed', 'sent', 'settled', 'undelivered', 'dead', 'released']),
    was: z.string().nullable()
  }),
  z.strictObject({ at: time, change: z.literal('frozen'), reason: z.string(), by: z.string() }),
  z.strictObject({ at: time, change: z.literal('thawed') }),
  z.strictObject({
    at: time,
    change: z.literal('balance-low'),
    host: z.string().describe('the service that keeps the balance; empty: it is the wallet'),
    network: z.string(),
    account: z.string(),
    amount: amount.describe('what is left'),
    asset: z.string(),
    below: amount.describe('what it fell below, by the policy')
  })
])
const purchaseLine = { form: 'lines', about: 'a purchase', schema: purchase } as const satisfies VerbSchema

const sum = {
  settled: z.int(),
  spent: amount,
  spentAtomic: atomic,
  fromBalance: amount,
  fromBalanceAtomic: atomic,
  outstanding: amount,
  outstandingAtomic: atomic,
  ofTests: amount,
  ofTestsAtomic: atomic
}

const discrepancy = z.strictObject({
  kind: z.enum(['undelivered', 'debited-unknown', 'differs', 'not-on-chain', 'credit-missing']),
  purchase: z.string().nullable(),
  transaction: z.string().nullable()
})

const frozen = z.strictObject({ reason: z.string(), since: time, by: z.string() })

/** Of the record, and of what can be done about it. */
export const auditSchemas = {
  history: purchaseLine,
  show: { form: 'document', about: 'a purchase', schema: purchase },
  outstanding: purchaseLine,
  watch: { form: 'lines', about: 'what has changed', schema: change },
  totals: {
    form: 'document',
    about: 'what was spent on each thing',
    schema: z.strictObject({
      by: z.array(z.string()).describe('the names of the keys'),
      timeZone: z.string().describe('whose days, weeks and months they are'),
      totals: z.array(z.strictObject({ keys: z.array(z.string()), ...sum })),
      sum: z.strictObject(sum)
    })
  },
  recover: {
    form: 'document',
    about: 'what became of every unresolved payment',
    schema: z.strictObject({
      recovered: z.array(
        z.strictObject({
          purchase: id,
          outcome: z.enum(['settled', 'dead', 'waiting', 'unknown']),
          knownAt: time.nullable()
        })
      )
    })
  },
  reconcile: {
    form: 'document',
    about: 'where the record and the chains do not agree',
    schema: z.strictObject({
      settled: z.int(),
      debits: z.int(),
      learned: z.array(id),
      discrepancies: z.array(discrepancy),
      unreachable: z
        .array(z.strictObject({ network, networkName, message: z.string() }))
        .describe('networks whose chains do not answer, and which are not compared')
    })
  },
  cancel: {
    form: 'document',
    about: 'what became of a payment that was to be cancelled',
    schema: z.strictObject({
      purchase: id,
      outcome: z.enum(['cancelled', 'settled']),
      amount,
      amountAtomic: atomic,
      symbol: z.string(),
      network,
      networkName,
      transaction: z.string().nullable()
    })
  },
  freeze: { form: 'document', about: 'the ledger as it is now', schema: z.strictObject({ frozen }) },
  thaw: { form: 'document', about: 'the ledger as it is now', schema: z.strictObject({ frozen: z.null() }) },
  backup: { form: 'document', about: 'the copy', schema: z.strictObject({ file: z.string() }) },
  prune: {
    form: 'document',
    about: 'how much is forgotten',
    schema: z.strictObject({ purchases: z.int(), jobs: z.int() })
  }
} as const satisfies Readonly<Record<string, VerbSchema>>
