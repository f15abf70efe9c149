import * as z from 'zod'
import { amount, atomic, network, networkName, savedFile, time } from './parts.js'
import type { VerbSchema } from './verb-schema.js'

const savedJob = { job: z.string(), files: z.array(savedFile) }
const generated = {
  form: 'document',
  about: 'the job, and the files that it made',
  schema: z.strictObject(savedJob)
} as const satisfies VerbSchema

const model = z.looseObject({
  name: z.string(),
  kind: z.enum(['image', 'video', 'text']),
  price: z.string(),
  displayName: z.string(),
  features: z.array(z.string()),
  description: z.string().nullable(),
  source: z.string()
})

const jobRow = z.strictObject({
  job: z.string().nullable(),
  model: z.string(),
  at: time,
  state: z.string(),
  prompt: z.string()
})

const toppedUp = z.strictObject({
  wallet: z.string(),
  network,
  networkName,
  asset: z.string().optional(),
  credited: amount,
  creditedAtomic: atomic,
  paid: amount.describe('the gas of the service included'),
  paidAtomic: atomic,
  balance: amount.nullable(),
  transaction: z.string().nullable()
})

/** Of verbs that use a service. */
export const serviceSchemas = {
  topup: {
    form: 'document',
    about: 'what was paid and credited, or with --keep-above that the balance holds enough',
    schema: z.union([
      toppedUp,
      z.strictObject({ isEnough: z.literal(true), balance: amount, balanceAtomic: atomic })
    ])
  },
  transactions: {
    form: 'lines',
    about: 'a movement on the prepaid balance',
    schema: z.strictObject({
      type: z.string(),
      amount: z.string().describe('decimal USDC, as the service writes it'),
      at: z.string().optional().describe('as the service writes it'),
      transaction: z.string().optional()
    })
  },
  proof: {
    form: 'document',
    about: 'a header that spends the prepaid balance for some minutes: a secret',
    schema: z.strictObject({ name: z.string(), value: z.string() })
  },
  image: generated,
  video: generated,
  chat: {
    form: 'document',
    about: 'the completion, as the service answers it (OpenAI chat completion)',
    schema: z.looseObject({ choices: z.array(z.looseObject({})) })
  },
  env: {
    form: 'document',
    about: 'the variables, or the settings, of a program',
    schema: z.strictObject({
      program: z.string(),
      env: z.record(z.string(), z.string()).optional(),
      settings: z.string().optional().describe('the text of its settings file')
    })
  },
  models: {
    form: 'document',
    about: 'what Katana sells; each kind of model has names of its own besides these',
    schema: z.strictObject({ models: z.array(model) })
  },
  'jobs list': {
    form: 'document',
    about: 'jobs that a command was cut off from, and those that were bought',
    schema: z.strictObject({ jobs: z.array(jobRow) })
  },
  'jobs resume': generated
} as const satisfies Readonly<Record<string, VerbSchema>>
