import * as z from 'zod'

/** How a call of a tool ended: with its output, or with words that say what happened to the money. */
export type Outcome = z.infer<typeof outcome>

const outcome = z.union([
  z.strictObject({ output: z.record(z.string(), z.unknown()) }),
  z.strictObject({ failure: z.string() })
])

const callRecord = z.strictObject({
  /** What a model asks `check_job` about. The call's purchases have it as their label `call`. */
  id: z.string().regex(/^[\w-]{1,128}$/),
  /** What makes calls equal, as `callKey` says it. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** Who called. Nobody else is told of it. */
  agent: z.string(),
  tool: z.string(),
  /** Unix milliseconds. */
  startedAtMs: z.number(),
  /** The job that was bought, by the service's name for it. */
  job: z.string().optional(),
  /** Of the job, when it was bought. */
  status: z.string().optional(),
  /** Absent while the call is under way, or when the process that made it was ended. */
  outcome: outcome.optional()
})

/** A call of a tool that spends. */
export type CallRecord = Readonly<z.infer<typeof callRecord>>

/** Reads a record. @returns `undefined` for anything else. */
export function parseCallRecord(text: string): CallRecord | undefined {
  try {
    return callRecord.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
