import * as z from 'zod'
import { amount, time } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const shares = (what: string) => z.array(z.strictObject({ name: z.string(), amount })).describe(what)

const spending = z.strictObject({
  total: amount,
  held: amount.describe('in flight'),
  days: shares('by day in UTC, oldest first'),
  models: shares('most first; the name is empty where there is no such label'),
  agents: shares('most first; the name is empty where there is no such label'),
  hosts: shares('most first')
})

const purchase = z.strictObject({
  id: z.string(),
  at: time,
  state: z.string(),
  amount,
  symbol: z.string(),
  isTest: z.boolean(),
  network: z.string().describe('such as Base'),
  host: z.string(),
  path: z.string(),
  model: z.string(),
  agent: z.string(),
  advice: z.string().describe('what can be done; empty where nothing needs to be')
})
const listed = z.strictObject({ rows: z.array(purchase), count: z.int() })

const job = z.strictObject({
  job: z.string(),
  host: z.string(),
  model: z.string(),
  at: time,
  images: z.array(z.strictObject({ name: z.string(), href: z.string() }))
})

const limits = z.strictObject({
  rows: z.array(z.strictObject({ name: z.string(), limit: amount, left: amount.optional() })),
  problem: z.string()
})

const report = z.strictObject({
  takenAt: time,
  period: z.strictObject({ from: time, until: time }),
  frozen: z.strictObject({ reason: z.string(), by: z.string(), since: time }).nullable(),
  restored: z.string().nullable(),
  spending,
  testSpending: spending.nullable(),
  limits,
  testLimits: limits.nullable().describe('what test money has of them'),
  local: z.array(z.string()).describe('networks that are read at an endpoint on this machine'),
  outstanding: listed,
  undelivered: listed,
  jobs: z.array(job),
  recent: z.array(purchase)
})

/** Of what is looked at in a browser. */
export const dashboardSchemas = {
  dashboard: {
    form: 'document',
    about: 'the link that lets a browser in, once: a secret',
    schema: z.strictObject({ url: z.url() })
  },
  report: { form: 'document', about: 'what the dashboard shows, but for balances', schema: report }
} as const satisfies Readonly<Record<string, VerbSchema>>
