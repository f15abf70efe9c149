import * as z from 'zod'

const jobSchema = z.object({
  request_id: z.uuid(),
  status: z.string(),
  created_at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
  requests: z.array(z.record(z.string(), z.unknown())),
  responses: z.array(
    z.object({
      job_id: z.uuid(),
      status: z.string(),
      output_assets: z.array(z.record(z.string(), z.unknown())),
      started_at: z.nullable(z.string()),
      completed_at: z.nullable(z.string()),
      metadata: z.object({ model: z.nullable(z.string()), credits_spent: z.string() }),
      error: z.optional(z.object({ code: z.string(), message: z.string() }))
    })
  ),
  poll_after_seconds: z.nullable(z.number()),
  metadata: z.object({ credits_spent: z.string() })
})

/** A job as Katana answers it. */
export type ImageJob = z.infer<typeof jobSchema>

/** Reads a job out of an answer, to the letter of Katana's documents. */
export async function jobOf(response: Response): Promise<ImageJob> {
  return jobSchema.parse(await response.json())
}
